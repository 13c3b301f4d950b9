//! Covariance.

use crate::kernels::{Pairs, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How two columns vary together over the last `period` bars. High and low unless others are named.
    ///
    /// # Formula
    ///
    /// `covar = Σ (x - mean x) · (y - mean y) / period`: the population's, as `var`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 when either column is flat in the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Covar::new(2)?.compute([&[1.0, 3.0], &[2.0, 8.0]], [&mut out])?;
    /// assert_eq!(out[1], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kenney and Keeping, "Mathematics of Statistics", 1951.
    pub struct Covar("covar", "Covariance", Statistics) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [covar: Line]
}

impl Indicator for Covar {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = CovarState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> CovarState {
        CovarState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Covar`].
    pub struct CovarState {
        period: usize,
        window: Window<Pairs>,
    }
}

impl Update for CovarState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, row: [f64; 2]) -> Option<[f64; 1]> {
        let (_, both) = self.window.push(row)?.covariance(self.period);
        Some([both / self.period as f64])
    }
}
