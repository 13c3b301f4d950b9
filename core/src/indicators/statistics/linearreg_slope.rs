//! Linear Regression Slope.

use crate::kernels::{Weighted, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How much the least-squares line through the last `period` values rises a bar.
    ///
    /// # Formula
    ///
    /// Least-squares line through the last `period` values, bars numbered `0 … period-1`.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A flat window gives exactly a level line.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// LinearregSlope::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kaufman, "Trading Systems and Methods", 2013, ch. 6. TA-Lib `LINEARREG_SLOPE`.
    pub struct LinearregSlope("linearreg_slope", "Linear Regression Slope", Statistics) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs pane [linearreg_slope: Line]
    talib LINEARREG_SLOPE(period: timeperiod)
}

impl Indicator for LinearregSlope {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LinearregSlopeState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> LinearregSlopeState {
        LinearregSlopeState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`LinearregSlope`].
    pub struct LinearregSlopeState {
        period: usize,
        window: Window<Weighted>,
    }
}

impl Update for LinearregSlopeState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (slope, _) = self.window.push(x)?.line(self.period);
        Some([slope])
    }
}
