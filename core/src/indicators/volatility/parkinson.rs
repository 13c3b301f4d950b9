//! Parkinson Volatility.

use std::f64::consts::LN_2;

use crate::kernels::{Total, Window, log_ratio};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Volatility from the bars' highs and lows, in per cent a year: five times as efficient as closes when the price
    /// has no drift.
    ///
    /// # Formula
    ///
    /// `parkinson = 100 · √(annual / (4 · ln 2 · period) · Σ ln(high / low)²)` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A ratio of prices that are not both positive counts as 1; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Parkinson::new(1, 4.0)?.compute([&[2.0], &[1.0]], [&mut out])?;
    /// assert!((out[0] - 100.0 * 2.0_f64.ln().sqrt()).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of Business
    /// 53:1, 1980.
    pub struct Parkinson("parkinson", "Parkinson Volatility", Volatility) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [High, Low]
    outputs pane [parkinson: Line]
}

impl Indicator for Parkinson {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = ParkinsonState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> ParkinsonState {
        ParkinsonState {
            scale: self.annual / (4.0 * LN_2 * self.period as f64),
            terms: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Parkinson`].
    pub struct ParkinsonState {
        scale: f64,
        terms: Window<Total>,
    }
}

impl Update for ParkinsonState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let range = log_ratio(high, low);
        let term = range * range;
        let terms = self.terms.push(term)?.fold.0;
        Some([100.0 * num::sqrt(self.scale * num::max(terms, 0.0))])
    }
}
