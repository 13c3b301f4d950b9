//! Z-Score.

use crate::kernels::{Deviations, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How many standard deviations the price is from its mean.
    ///
    /// # Formula
    ///
    /// `zscore = (x - mean) / σ`, mean and population standard deviation of the last `period` values
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
    /// let mut out = [0.0; 2];
    /// Zscore::new(2)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kreyszig, "Advanced Engineering Mathematics", 1979. pandas-ta divides by the sample deviation.
    pub struct Zscore("zscore", "Z-Score", Statistics) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs pane [zscore: Line]
}

impl Indicator for Zscore {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ZscoreState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> ZscoreState {
        ZscoreState { window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Zscore`].
    pub struct ZscoreState {
        window: Window<Deviations>,
    }
}

impl Update for ZscoreState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (mean, deviation) = self.window.push(x)?.mean_and_deviation();
        Some([if deviation > 0.0 { (x - mean) / deviation } else { 0.0 }])
    }
}
