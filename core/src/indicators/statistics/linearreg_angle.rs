//! Linear Regression Angle.

use crate::kernels::{Weighted, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The angle of the least-squares line through the last `period` values, in degrees, a bar counting as one unit of
    /// price.
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
    /// LinearregAngle::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 45.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kaufman, "Trading Systems and Methods", 2013, ch. 6. TA-Lib `LINEARREG_ANGLE`.
    pub struct LinearregAngle("linearreg_angle", "Linear Regression Angle", Statistics) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs pane [linearreg_angle: Line]
    talib LINEARREG_ANGLE(period: timeperiod)
}

impl Indicator for LinearregAngle {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LinearregAngleState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> LinearregAngleState {
        LinearregAngleState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`LinearregAngle`].
    pub struct LinearregAngleState {
        period: usize,
        window: Window<Weighted>,
    }
}

impl Update for LinearregAngleState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (slope, _) = self.window.push(x)?.line(self.period);
        Some([num::atan(slope).to_degrees()])
    }
}
