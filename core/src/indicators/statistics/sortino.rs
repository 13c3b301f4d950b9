//! Sortino Ratio.

use crate::kernels::{Simple, Total, Window, percent_change};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The mean of the last `period` returns above the risk-free one, for each unit of downside deviation, a year.
    ///
    /// # Formula
    ///
    /// `sortino = √annual · (mean(r) - target) / √(Σ min(r - target, 0)² / period)`, `target = rate / annual`, `r` the
    /// one-bar returns in per cent
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where no return is below the target. A return from a price of 0 counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Sortino::new(2, 0.0, 2.0)?.compute([&[2.0, 1.0, 3.0]], [&mut out])?;
    /// assert!((out[2] - 3.0).abs() < 1e-12); // returns -50 and 200
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Sortino and Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3:3, 1994.
    pub struct Sortino("sortino", "Sortino Ratio", Statistics) {
        /// Window in returns.
        period: usize = 63, 1..=100_000;
        /// Risk-free return a year, in per cent.
        rate: f64 = 0.0, -100.0..=100.0;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [Close]
    outputs pane [sortino: Line]
}

impl Indicator for Sortino {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SortinoState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> SortinoState {
        SortinoState {
            period: self.period,
            rate: self.rate / self.annual,
            annual: self.annual,
            before: None,
            returns: Simple::new(self.period),
            falls: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Sortino`].
    pub struct SortinoState {
        period: usize,
        rate: f64,
        annual: f64,
        /// The previous value.
        before: Option<f64>,
        returns: Simple,
        falls: Window<Total>,
    }
}

impl Update for SortinoState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let excess = percent_change(self.before.replace(x)?, x) - self.rate;
        let fall = num::min(excess, 0.0);
        let (mean, falls) = (self.returns.update(excess), self.falls.push(fall * fall)?.fold.0);
        let downside = num::sqrt(falls / (self.annual * self.period as f64));
        Some([if downside > 0.0 { mean? / downside } else { 0.0 }])
    }
}
