//! Coefficient of Variation.

use crate::kernels::{Deviations, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The standard deviation in per cent of the mean: comparable between markets.
    ///
    /// # Formula
    ///
    /// `cv = 100 · σ / |mean|`, population standard deviation and mean of the last `period` values
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat window and where the mean is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Cv::new(2)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Pearson, "Regression, Heredity, and Panmixia", 1896.
    pub struct Cv("cv", "Coefficient of Variation", Statistics) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs pane [cv: Line]
}

impl Indicator for Cv {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CvState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> CvState {
        CvState { window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Cv`].
    pub struct CvState {
        window: Window<Deviations>,
    }
}

impl Update for CvState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (mean, deviation) = self.window.push(x)?.mean_and_deviation();
        Some([if mean == 0.0 { 0.0 } else { 100.0 * (deviation / mean.abs()) }])
    }
}
