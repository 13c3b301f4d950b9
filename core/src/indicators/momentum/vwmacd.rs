//! Volume-Weighted MACD.

use crate::kernels::{Pairs, Smoothed, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// A MACD of volume-weighted averages: bars count by what was traded in them.
    ///
    /// # Formula
    ///
    /// `macd = vwma(x, fast) - vwma(x, slow)`, `signal = ema(macd, signal)`, `histogram = macd - signal`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(fast, slow) + signal - 2`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat price. Where nothing was traded in a window, its average is a price of the window. `fast`
    /// and `slow` change places when `fast` is the longer.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut macd, mut signal, mut histogram] = [[0.0; 2]; 3];
    /// Vwmacd::new(1, 2, 1)?.compute([&[1.0, 5.0], &[3.0, 1.0]], [&mut macd, &mut signal, &mut histogram])?;
    /// assert_eq!((macd[1], histogram[1]), (3.0, 0.0)); // 5 less 2
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Dormeier, "Investing with Volume Analysis", 2011. pandas-ta's signal is weighted by volume too.
    pub struct Vwmacd("vwmacd", "Volume-Weighted MACD", Momentum) {
        /// Length of the fast average in bars.
        fast: usize = 12, 1..=100_000;
        /// Length of the slow average in bars.
        slow: usize = 26, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [Close, Volume]
    outputs pane [macd: Line, signal: Line, histogram: Histogram]
}

impl Indicator for Vwmacd {
    type In = [f64; 2];
    type Out = [f64; 3];
    type State = VwmacdState;

    fn lookback(&self) -> usize {
        self.fast.max(self.slow) + self.signal - 2
    }

    fn state(&self) -> VwmacdState {
        let (fast, slow) = (self.fast.min(self.slow), self.fast.max(self.slow));
        VwmacdState {
            periods: [fast, slow],
            fast: Window::new(fast),
            slow: Window::new(slow),
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Vwmacd`].
    pub struct VwmacdState {
        periods: [usize; 2],
        fast: Window<Pairs>,
        slow: Window<Pairs>,
        signal: Smoothed,
    }
}

impl Update for VwmacdState {
    type In = [f64; 2];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, row: [f64; 2]) -> Option<[f64; 3]> {
        let [fast_period, slow_period] = self.periods;
        let (fast, slow) = (self.fast.push(row), self.slow.push(row));
        let macd = fast?.mean_by_weight(fast_period) - slow?.mean_by_weight(slow_period);
        let signal = self.signal.update(macd)?;
        Some([macd, signal, macd - signal])
    }
}
