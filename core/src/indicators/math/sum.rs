//! Rolling Sum.

use crate::kernels::{self, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The sum of the last `period` values.
    ///
    /// # Formula
    ///
    /// `sum[i] = x[i-period+1] + … + x[i]`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Sum;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Sum::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1..], [4.0, 5.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `SUM`.
    pub struct Sum("sum", "Rolling Sum", Math) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [sum: Line]
    talib SUM(period: timeperiod)
}

impl Indicator for Sum {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SumState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> SumState {
        SumState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Sum`].
    pub struct SumState {
        period: usize,
        window: Window<kernels::Sum>,
    }
}

impl Update for SumState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.push(x).map(|window| [window.sum(self.period)])
    }
}
