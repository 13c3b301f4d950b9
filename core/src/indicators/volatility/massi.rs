//! Mass Index.

use crate::kernels::{Smoothed, Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// A sum of how much the average range exceeds its own average: a bulge above 27 that falls below 26.5 warns of a
    /// reversal.
    ///
    /// # Formula
    ///
    /// `e1 = ema(high - low, fast)`, `e2 = ema(e1, fast)`, `massi = Σ e1 / e2` over `slow` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · (fast - 1) + slow - 1`.
    ///
    /// # Edge cases
    ///
    /// The ratio counts as 1 where `e2` is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Massi::new(2, 2)?.compute([&[2.0; 3], &[0.0; 3]], [&mut out])?;
    /// assert!(out.iter().all(|value| value.is_nan()));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Dorsey, "The Mass Index", Technical Analysis of Stocks & Commodities 10:6, 1992. TA-Lib `MASSI`.
    pub struct Massi("massi", "Mass Index", Volatility) {
        /// Averaging length in bars.
        fast: usize = 9, 1..=100_000;
        /// Window of the sum in bars.
        slow: usize = 25, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [massi: Line]
    talib MASSI(fast: fastperiod, slow: slowperiod)
}

impl Indicator for Massi {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = MassiState;

    fn lookback(&self) -> usize {
        2 * (self.fast - 1) + self.slow - 1
    }

    fn state(&self) -> MassiState {
        MassiState {
            once: Smoothed::exponential(self.fast),
            twice: Smoothed::exponential(self.fast),
            ratios: Window::new(self.slow),
        }
    }
}

crate::state! {
    /// State of [`Massi`].
    pub struct MassiState {
        once: Smoothed,
        twice: Smoothed,
        ratios: Window<Total>,
    }
}

impl Update for MassiState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let once = self.once.update(high - low)?;
        let twice = self.twice.update(once)?;
        let ratio = if twice == 0.0 { 1.0 } else { once / twice };
        self.ratios.push(ratio).map(|window| [window.fold.0])
    }
}
