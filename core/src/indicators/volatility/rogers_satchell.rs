//! Rogers-Satchell Volatility.

use crate::kernels::{Total, Window, log_ratio};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Volatility from the bars' open, high, low and close, in per cent a year, whatever the price's drift.
    ///
    /// # Formula
    ///
    /// `rogers_satchell = 100 · √(annual / period · Σ (ln(high / close) · ln(high / open) + ln(low / close) · ln(low /
    /// open)))` over `period` bars
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
    /// RogersSatchell::new(1, 1.0)?.compute([&[1.0], &[2.0], &[1.0], &[1.0]], [&mut out])?;
    /// assert!((out[0] - 100.0 * 2.0_f64.ln()).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Rogers and Satchell, "Estimating Variance from High, Low and Closing Prices", Annals of Applied Probability 1:4,
    /// 1991.
    pub struct RogersSatchell("rogers_satchell", "Rogers-Satchell Volatility", Volatility) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [Open, High, Low, Close]
    outputs pane [rogers_satchell: Line]
}

impl Indicator for RogersSatchell {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = RogersSatchellState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> RogersSatchellState {
        RogersSatchellState { scale: self.annual / self.period as f64, terms: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`RogersSatchell`].
    pub struct RogersSatchellState {
        scale: f64,
        terms: Window<Total>,
    }
}

impl Update for RogersSatchellState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 1]> {
        let above = log_ratio(high, close) * log_ratio(high, open);
        let below = log_ratio(low, close) * log_ratio(low, open);
        let term = above + below;
        let terms = self.terms.push(term)?.fold.0;
        Some([100.0 * num::sqrt(self.scale * num::max(terms, 0.0))])
    }
}
