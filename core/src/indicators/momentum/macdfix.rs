//! MACD Fix 12/26.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// `macd` of 12 and 26 bars with the rounded rates of its early days, 0.15 and 0.075.
    ///
    /// # Formula
    ///
    /// As `macd`, but the averages move 0.15 and 0.075 of the way to each new value
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `signal + 24`.
    ///
    /// # Edge cases
    ///
    /// All outputs are exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut macd, mut signal, mut histogram] = [[1.0; 40]; 3];
    /// Macdfix::default().compute([&[5.0; 40]], [&mut macd, &mut signal, &mut histogram])?;
    /// assert_eq!([macd[39], signal[39], histogram[39]], [0.0; 3]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Appel, "Technical Analysis: Power Tools for Active Investors", 2005. TA-Lib `MACDFIX`.
    pub struct Macdfix("macdfix", "MACD Fix 12/26", Momentum) {
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [Close]
    outputs pane [macd: Line, signal: Line, histogram: Histogram]
    talib MACDFIX(signal: signalperiod)
}

impl Indicator for Macdfix {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = MacdfixState;

    fn lookback(&self) -> usize {
        24 + self.signal
    }

    fn state(&self) -> MacdfixState {
        MacdfixState {
            skip: 26 - 12,
            fast: Smoothed::with_rate(12, 0.15),
            slow: Smoothed::with_rate(26, 0.075),
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Macdfix`].
    pub struct MacdfixState {
        /// Bars still to pass before the fast average begins.
        skip: usize,
        fast: Smoothed,
        slow: Smoothed,
        signal: Smoothed,
    }
}

impl Update for MacdfixState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let slow = self.slow.update(x);
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        let macd = self.fast.update(x)? - slow?;
        let signal = self.signal.update(macd)?;
        Some([macd, signal, macd - signal])
    }
}
