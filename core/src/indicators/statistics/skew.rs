//! Skewness.

use crate::kernels::{Moments, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Whether the last `period` values lean to the low side with few high ones (positive) or the other way round.
    ///
    /// # Formula
    ///
    /// `skew = √(n · (n - 1)) / (n - 2) · m3 / m2^1.5`, `m` the mean powers of the distances from the mean, `n` the
    /// period
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
    /// let mut out = [0.0; 3];
    /// Skew::new(3)?.compute([&[1.0, 1.0, 4.0]], [&mut out])?;
    /// assert!((out[2] - 3.0_f64.sqrt()).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Joanes and Gill, "Comparing Measures of Sample Skewness and Kurtosis", The Statistician 47:1, 1998, G1.
    pub struct Skew("skew", "Skewness", Statistics) {
        /// Window in bars.
        period: usize = 30, 3..=100_000;
    }
    inputs [Close]
    outputs pane [skew: Line]
}

impl Indicator for Skew {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SkewState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> SkewState {
        SkewState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Skew`].
    pub struct SkewState {
        period: usize,
        window: Window<Moments>,
    }
}

impl Update for SkewState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [m2, m3, _] = self.window.push(x)?.central(self.period);
        let n = self.period as f64;
        let skew = if m2 > 0.0 { m3 / m2 / num::sqrt(m2) } else { 0.0 };
        Some([num::sqrt(n * (n - 1.0)) / (n - 2.0) * skew])
    }
}
