//! Slow stochastic oscillator.

use crate::kernels::{Highest, Lowest, Sum, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Where the close stands in the recent range, from 0 (at the low) to 100 (at the high), smoothed once (`k`) and
    /// again (`d`).
    ///
    /// # Formula
    ///
    /// `fast = 100 · (close - lowest low) / (highest high - lowest low)` over `fastk` bars,
    /// `k = mean(fast, slowk)`, `d = mean(k, slowd)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `fastk + slowk + slowd - 3`.
    ///
    /// # Edge cases
    ///
    /// Where the range is zero (to within rounding), `fast` is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, close) = ([4.0, 6.0, 8.0], [0.0, 2.0, 4.0], [2.0, 6.0, 5.0]);
    /// let [mut k, mut d] = [[0.0; 3]; 2];
    /// Stoch::new(2, 1, 2)?.compute([&high, &low, &close], [&mut k, &mut d])?;
    /// assert_eq!((k[2], d[2]), (50.0, 75.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Lane, "Lane's Stochastics", 1984. TA-Lib `STOCH` with its simple averages.
    pub struct Stoch("stoch", "Stochastic Oscillator", Momentum) {
        /// Window of the range in bars.
        fastk: usize = 5, 1..=100_000;
        /// First smoothing in bars.
        slowk: usize = 3, 1..=100_000;
        /// Second smoothing in bars.
        slowd: usize = 3, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [k: Line, d: Line]
    talib STOCH(fastk: fastk_period, slowk: slowk_period, slowd: slowd_period)
}

impl Indicator for Stoch {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = StochState;

    fn lookback(&self) -> usize {
        self.fastk + self.slowk + self.slowd - 3
    }

    fn state(&self) -> StochState {
        StochState {
            slowk: self.slowk,
            slowd: self.slowd,
            highest: Window::new(self.fastk),
            lowest: Window::new(self.fastk),
            k: Window::new(self.slowk),
            d: Window::new(self.slowd),
        }
    }
}

crate::state! {
    /// State of [`Stoch`].
    pub struct StochState {
        slowk: usize,
        slowd: usize,
        highest: Window<Highest>,
        lowest: Window<Lowest>,
        k: Window<Sum>,
        d: Window<Sum>,
    }
}

impl Update for StochState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let (highest, lowest) = (self.highest.push(high), self.lowest.push(low));
        let (highest, lowest) = (highest?.fold.0, lowest?.fold.0);
        let range = highest - lowest;
        // Relative, so that an instrument quoted in millionths is not taken for flat.
        let flat = range.abs() <= 1e-14 * (highest.abs() + lowest.abs());
        let fast = if flat { 0.0 } else { (close - lowest) / range * 100.0 };
        let k = self.k.push(fast)?.mean(self.slowk);
        let d = self.d.push(k)?.mean(self.slowd);
        Some([k, d])
    }
}
