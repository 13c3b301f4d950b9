//! Rate of Change Ratio.

use crate::kernels::Delay;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price as a multiple of that `period` bars ago.
    ///
    /// # Formula
    ///
    /// `rocr[i] = x[i] / x[i-period]`
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
    /// Rocr::new(2)?.compute([&[2.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 10. TA-Lib `ROCR`.
    pub struct Rocr("rocr", "Rate of Change Ratio", Momentum) {
        /// Distance in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [rocr: Line]
    talib ROCR(period: timeperiod)
}

impl Indicator for Rocr {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RocrState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> RocrState {
        RocrState { past: Delay::new(self.period) }
    }
}

crate::state! {
    /// State of [`Rocr`].
    pub struct RocrState {
        past: Delay,
    }
}

impl Update for RocrState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        Some([if past == 0.0 { 0.0 } else { x / past }])
    }
}
