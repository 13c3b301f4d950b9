//! Rate of Change Ratio, 100 Scale.

use crate::kernels::Delay;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price in per cent of that `period` bars ago.
    ///
    /// # Formula
    ///
    /// `rocr100[i] = 100 · x[i] / x[i-period]`
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
    /// Rocr100::new(2)?.compute([&[2.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 300.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 10. TA-Lib `ROCR100`.
    pub struct Rocr100("rocr100", "Rate of Change Ratio, 100 Scale", Momentum) {
        /// Distance in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [rocr100: Line]
    talib ROCR100(period: timeperiod)
}

impl Indicator for Rocr100 {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = Rocr100State;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> Rocr100State {
        Rocr100State { past: Delay::new(self.period) }
    }
}

crate::state! {
    /// State of [`Rocr100`].
    pub struct Rocr100State {
        past: Delay,
    }
}

impl Update for Rocr100State {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        Some([if past == 0.0 { 0.0 } else { x / past * 100.0 }])
    }
}
