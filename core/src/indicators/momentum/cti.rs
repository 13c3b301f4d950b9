//! Correlation Trend Indicator.

use crate::kernels::{Regressed, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How straight the price runs: its correlation with a rising line, -1 to +1.
    ///
    /// # Formula
    ///
    /// `cti` = correlation of the last `period` values with 1, 2, … `period`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Cti::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert!((out[2] - 1.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Correlation As A Trend Indicator", Technical Analysis of Stocks & Commodities 38:5, 2020.
    pub struct Cti("cti", "Correlation Trend Indicator", Momentum) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs pane [cti: Line]
}

impl Indicator for Cti {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CtiState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> CtiState {
        CtiState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Cti`].
    pub struct CtiState {
        period: usize,
        window: Window<Regressed>,
    }
}

impl Update for CtiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.window.push(x)?.correlation(self.period)])
    }
}
