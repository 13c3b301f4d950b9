//! Rate of Change Percentage.

use crate::kernels::Delay;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price's change since `period` bars ago as a fraction.
    ///
    /// # Formula
    ///
    /// `rocp[i] = (x[i] - x[i-period]) / x[i-period]`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where the earlier price is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Rocp::new(2)?.compute([&[2.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 2.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 10. TA-Lib `ROCP`.
    pub struct Rocp("rocp", "Rate of Change Percentage", Momentum) {
        /// Distance in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [rocp: Line]
    talib ROCP(period: timeperiod)
}

impl Indicator for Rocp {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RocpState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> RocpState {
        RocpState { past: Delay::new(self.period) }
    }
}

crate::state! {
    /// State of [`Rocp`].
    pub struct RocpState {
        past: Delay,
    }
}

impl Update for RocpState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        Some([if past == 0.0 { 0.0 } else { (x - past) / past }])
    }
}
