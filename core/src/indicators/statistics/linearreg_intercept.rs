//! Linear Regression Intercept.

use crate::kernels::{Weighted, Window};
use crate::stored::Given;
use crate::{Indicator, Update};

crate::indicator! {
    /// Where the least-squares line through the last `period` values stands at the oldest bar of the window.
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
    /// LinearregIntercept::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kaufman, "Trading Systems and Methods", 2013, ch. 6. TA-Lib `LINEARREG_INTERCEPT`.
    pub struct LinearregIntercept("linearreg_intercept", "Linear Regression Intercept", Statistics) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [linearreg_intercept: Line]
    talib LINEARREG_INTERCEPT(period: timeperiod)
}

impl Indicator for LinearregIntercept {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LinearregInterceptState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> LinearregInterceptState {
        LinearregInterceptState { period: Given(self.period), window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`LinearregIntercept`].
    pub struct LinearregInterceptState {
        period: Given,
        window: Window<Weighted>,
    }
}

impl Update for LinearregInterceptState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (slope, end) = self.window.push(x)?.line(self.period.0);
        Some([end - slope * (self.period.0 - 1) as f64])
    }
}
