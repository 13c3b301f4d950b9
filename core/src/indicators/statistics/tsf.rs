//! Time Series Forecast.

use crate::kernels::{Weighted, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Where the least-squares line through the last `period` values would stand at the next bar.
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
    /// Tsf::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 4.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kaufman, "Trading Systems and Methods", 2013, ch. 6. TA-Lib `TSF`.
    pub struct Tsf("tsf", "Time Series Forecast", Statistics) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [tsf: Line]
    talib TSF(period: timeperiod)
}

impl Indicator for Tsf {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TsfState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> TsfState {
        TsfState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Tsf`].
    pub struct TsfState {
        period: usize,
        window: Window<Weighted>,
    }
}

impl Update for TsfState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (slope, end) = self.window.push(x)?.line(self.period);
        Some([end + slope])
    }
}
