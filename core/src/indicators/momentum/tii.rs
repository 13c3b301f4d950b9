//! Trend Intensity Index.

use crate::kernels::{Simple, Total, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Which side of its average the price has been on and how far, 0 to 100: above 50 an up-trend.
    ///
    /// # Formula
    ///
    /// `gap = x - sma(x, period)`; over the last `window` gaps `tii = 100 · Σ positive / (Σ positive + Σ |negative|)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + window - 2`.
    ///
    /// # Edge cases
    ///
    /// 50 where the price has not left its average.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Tii::new(2, 2)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Pee, "Trend Intensity Index", Technical Analysis of Stocks & Commodities 20:6, 2002.
    pub struct Tii("tii", "Trend Intensity Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 60, 1..=100_000;
        /// Window of the gaps in bars.
        window: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [tii: Line]
}

impl Indicator for Tii {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TiiState;

    fn lookback(&self) -> usize {
        self.period + self.window - 2
    }

    fn state(&self) -> TiiState {
        TiiState {
            average: Simple::new(self.period),
            up: Window::new(self.window),
            down: Window::new(self.window),
        }
    }
}

crate::state! {
    /// State of [`Tii`].
    pub struct TiiState {
        average: Simple,
        up: Window<Total>,
        down: Window<Total>,
    }
}

impl Update for TiiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let gap = x - self.average.update(x)?;
        let (up, down) = (self.up.push(num::max(gap, 0.0)), self.down.push(num::max(-gap, 0.0)));
        let (up, down) = (up?.fold.0, down?.fold.0);
        Some([if up + down > 0.0 { 100.0 * (up / (up + down)) } else { 50.0 }])
    }
}
