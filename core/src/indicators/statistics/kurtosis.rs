//! Kurtosis.

use crate::kernels::{Moments, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How heavy the tails of the last `period` values are: 0 as in a normal distribution, above it heavier.
    ///
    /// # Formula
    ///
    /// `kurtosis = (n - 1) / ((n - 2) · (n - 3)) · ((n + 1) · m4 / m2² - 3 · (n - 1))`, `m` the mean powers of the
    /// distances from the mean, `n` the period
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Kurtosis::new(4)?.compute([&[0.0, 0.0, 0.0, 4.0]], [&mut out])?;
    /// assert!((out[3] - 4.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Joanes and Gill, "Comparing Measures of Sample Skewness and Kurtosis", The Statistician 47:1, 1998, G2.
    pub struct Kurtosis("kurtosis", "Kurtosis", Statistics) {
        /// Window in bars.
        period: usize = 30, 4..=100_000;
    }
    inputs [Close]
    outputs pane [kurtosis: Line]
}

impl Indicator for Kurtosis {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = KurtosisState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> KurtosisState {
        KurtosisState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Kurtosis`].
    pub struct KurtosisState {
        period: usize,
        window: Window<Moments>,
    }
}

impl Update for KurtosisState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [m2, _, m4] = self.window.push(x)?.central(self.period);
        let n = self.period as f64;
        if m2 <= 0.0 {
            return Some([0.0]);
        }
        let tails = (n + 1.0) * (m4 / m2 / m2) - 3.0 * (n - 1.0);
        Some([(n - 1.0) / ((n - 2.0) * (n - 3.0)) * tails])
    }
}
