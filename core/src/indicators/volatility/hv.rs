//! Historical Volatility.

use crate::kernels::{Deviations, Window, log_ratio};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The standard deviation of logarithmic returns, in per cent a year.
    ///
    /// # Formula
    ///
    /// `hv = 100 · √annual · σ`, `σ` the sample standard deviation (over `period - 1`) of the last `period` values of
    /// `ln(x[i] / x[i-1])`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
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
    /// let mut out = [0.0; 3];
    /// Hv::new(2, 252.0)?.compute([&[1.0, 2.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[2], 0.0); // the same return twice
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hull, "Options, Futures, and Other Derivatives", 2018, ch. 15. TradingView divides by `period` instead.
    pub struct Hv("hv", "Historical Volatility", Volatility) {
        /// Window in returns.
        period: usize = 20, 2..=100_000;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [Close]
    outputs pane [hv: Line]
}

impl Indicator for Hv {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HvState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> HvState {
        let n = self.period as f64;
        HvState { scale: self.annual * (n / (n - 1.0)), before: None, returns: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Hv`].
    pub struct HvState {
        scale: f64,
        /// The previous value.
        before: Option<f64>,
        returns: Window<Deviations>,
    }
}

impl Update for HvState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = log_ratio(x, self.before.replace(x)?);
        let variance = self.returns.push(change)?.variance();
        Some([100.0 * num::sqrt(self.scale * variance)])
    }
}
