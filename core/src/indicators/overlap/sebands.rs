//! Standard Error Bands.

use crate::kernels::{Regressed, Simple, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The smoothed end of a least-squares line with smoothed standard errors of the fit on either side: narrow while
    /// the price runs straight.
    ///
    /// # Formula
    ///
    /// `e = √(Σ (x - line)² / (period - 2))` over the window, `middle = sma(linearreg(x, period), smoothing)`, `upper,
    /// lower = middle ± multiplier · sma(e, smoothing)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period + smoothing - 2`.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 3]; 3];
    /// Sebands::new(3, 1, 1.0)?.compute([&[0.0, 3.0, 0.0]], [&mut upper, &mut middle, &mut lower])?;
    /// assert!((middle[2] - 1.0).abs() < 1e-12);
    /// assert!((upper[2] - (1.0 + 6.0_f64.sqrt())).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Andersen, "Standard Error Bands", Technical Analysis of Stocks & Commodities 14:9, 1996.
    pub struct Sebands("sebands", "Standard Error Bands", Overlap) {
        /// Window of the line in bars.
        period: usize = 21, 3..=100_000;
        /// Length of the smoothing average in bars.
        smoothing: usize = 3, 1..=100_000;
        /// Standard errors from the middle to a band.
        multiplier: f64 = 2.0, 0.0..=3e37;
    }
    inputs [Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
}

impl Indicator for Sebands {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = SebandsState;

    fn lookback(&self) -> usize {
        self.period + self.smoothing - 2
    }

    fn state(&self) -> SebandsState {
        SebandsState {
            period: self.period,
            multiplier: self.multiplier,
            window: Window::new(self.period),
            middle: Simple::new(self.smoothing),
            error: Simple::new(self.smoothing),
        }
    }
}

crate::state! {
    /// State of [`Sebands`].
    pub struct SebandsState {
        period: usize,
        multiplier: f64,
        window: Window<Regressed>,
        middle: Simple,
        error: Simple,
    }
}

impl Update for SebandsState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let (line, squares) = self.window.push(x)?.fit(self.period);
        let (middle, error) =
            (self.middle.update(line), self.error.update(num::sqrt(squares / (self.period as f64 - 2.0))));
        let (middle, width) = (middle?, error? * self.multiplier);
        Some([middle + width, middle, middle - width])
    }
}
