//! Downside Deviation.

use crate::kernels::{Total, Window, percent_change};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How far one-bar returns fall below a target: the quadratic mean of the shortfalls of the last `period`, in per
    /// cent.
    ///
    /// # Formula
    ///
    /// `downside_dev = √(Σ min(r - target, 0)² / period)`, `r = 100 · (x[i] / x[i-1] - 1)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A return from a price of 0 counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// DownsideDev::new(2, 0.0)?.compute([&[2.0, 1.0, 3.0]], [&mut out])?;
    /// assert!((out[2] - 1250.0_f64.sqrt()).abs() < 1e-12); // -50 and 200
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Sortino and Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3:3, 1994.
    pub struct DownsideDev("downside_dev", "Downside Deviation", Statistics) {
        /// Window in returns.
        period: usize = 20, 1..=100_000;
        /// Return a bar is to make, in per cent.
        target: f64 = 0.0, -100.0..=100.0;
    }
    inputs [Close]
    outputs pane [downside_dev: Line]
}

impl Indicator for DownsideDev {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DownsideDevState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> DownsideDevState {
        DownsideDevState {
            period: self.period,
            target: self.target,
            before: None,
            falls: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`DownsideDev`].
    pub struct DownsideDevState {
        period: usize,
        target: f64,
        /// The previous value.
        before: Option<f64>,
        falls: Window<Total>,
    }
}

impl Update for DownsideDevState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = percent_change(self.before.replace(x)?, x);
        let fall = num::min(change - self.target, 0.0);
        let falls = self.falls.push(fall * fall)?.fold.0;
        Some([num::sqrt(falls / self.period as f64)])
    }
}
