//! Psychological Line.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The share of bars that closed higher among the last `period`, in per cent.
    ///
    /// # Formula
    ///
    /// `psl = 100 · (how many of the last period changes are above 0) / period`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// An unchanged close is not a rise: 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Psl::new(2)?.compute([&[1.0, 2.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Shimizu, "The Japanese Chart of Charts", 1986.
    pub struct Psl("psl", "Psychological Line", Momentum) {
        /// Window in changes.
        period: usize = 12, 1..=100_000;
    }
    inputs [Close]
    outputs pane [psl: Line]
}

impl Indicator for Psl {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PslState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> PslState {
        PslState { period: self.period, before: None, rises: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Psl`].
    pub struct PslState {
        period: usize,
        /// The previous value.
        before: Option<f64>,
        rises: Window<Total>,
    }
}

impl Update for PslState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let before = self.before.replace(x)?;
        let rises = self.rises.push(if x > before { 1.0 } else { 0.0 })?.fold.0;
        Some([100.0 * rises / self.period as f64])
    }
}
