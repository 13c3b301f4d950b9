//! EWMA Volatility.

use crate::kernels::{Smoothed, log_ratio};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Volatility that forgets exponentially, as RiskMetrics has it, in per cent a year.
    ///
    /// # Formula
    ///
    /// `variance = decay · variance[i-1] + (1 - decay) · r²`, `r = ln(x[i] / x[i-1])`, beginning with the first `r²`;
    /// `ewma_vol = 100 · √(annual · variance)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 1.
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
    /// let mut out = [0.0; 2];
    /// EwmaVol::new(0.94, 1.0)?.compute([&[1.0, 2.0]], [&mut out])?;
    /// assert!((out[1] - 100.0 * 2.0_f64.ln()).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// J.P. Morgan, "RiskMetrics Technical Document", 1996.
    pub struct EwmaVol("ewma_vol", "EWMA Volatility", Volatility) {
        /// What is kept of the variance each bar.
        decay: f64 = 0.94, 0.0..=1.0;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [Close]
    outputs pane [ewma_vol: Line]
}

impl Indicator for EwmaVol {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = EwmaVolState;

    fn lookback(&self) -> usize {
        1
    }

    fn state(&self) -> EwmaVolState {
        EwmaVolState { annual: self.annual, before: None, variance: Smoothed::with_rate(1, 1.0 - self.decay) }
    }
}

crate::state! {
    /// State of [`EwmaVol`].
    pub struct EwmaVolState {
        annual: f64,
        /// The previous value.
        before: Option<f64>,
        variance: Smoothed,
    }
}

impl Update for EwmaVolState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = log_ratio(x, self.before.replace(x)?);
        let variance = self.variance.update(change * change)?;
        Some([100.0 * num::sqrt(self.annual * variance)])
    }
}
