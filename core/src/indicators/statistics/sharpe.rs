//! Sharpe Ratio.

use crate::kernels::{Deviations, Window, percent_change};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The mean of the last `period` returns above the risk-free one, for each unit of their deviation, a year.
    ///
    /// # Formula
    ///
    /// `sharpe = √annual · (mean(r) - rate / annual) / σ`, `σ` the sample standard deviation of the one-bar returns `r`
    /// in per cent
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where the returns do not differ. A return from a price of 0 counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Sharpe::new(2, 0.0, 2.0)?.compute([&[2.0, 2.0, 4.0]], [&mut out])?;
    /// assert!((out[2] - 1.0).abs() < 1e-12); // returns 0 and 100
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21:1, 1994.
    pub struct Sharpe("sharpe", "Sharpe Ratio", Statistics) {
        /// Window in returns.
        period: usize = 63, 2..=100_000;
        /// Risk-free return a year, in per cent.
        rate: f64 = 0.0, -100.0..=100.0;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [Close]
    outputs pane [sharpe: Line]
}

impl Indicator for Sharpe {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SharpeState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> SharpeState {
        let n = self.period as f64;
        SharpeState {
            rate: self.rate / self.annual,
            scale: num::sqrt(self.annual * ((n - 1.0) / n)),
            before: None,
            returns: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Sharpe`].
    pub struct SharpeState {
        rate: f64,
        scale: f64,
        /// The previous value.
        before: Option<f64>,
        returns: Window<Deviations>,
    }
}

impl Update for SharpeState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = percent_change(self.before.replace(x)?, x);
        let (mean, deviation) = self.returns.push(change)?.mean_and_deviation();
        Some([if deviation > 0.0 { self.scale * ((mean - self.rate) / deviation) } else { 0.0 }])
    }
}
