//! Rate of Change.

use crate::kernels::Delay;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price's change since `period` bars ago, in per cent.
    ///
    /// # Formula
    ///
    /// `roc[i] = 100 · (x[i] / x[i-period] - 1)`
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
    /// Roc::new(2)?.compute([&[2.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 200.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 10. TA-Lib `ROC`.
    pub struct Roc("roc", "Rate of Change", Momentum) {
        /// Distance in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [roc: Line]
    talib ROC(period: timeperiod)
}

impl Indicator for Roc {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RocState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> RocState {
        RocState { past: Delay::new(self.period) }
    }
}

crate::state! {
    /// State of [`Roc`].
    pub struct RocState {
        past: Delay,
    }
}

impl Update for RocState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        Some([if past == 0.0 { 0.0 } else { (x / past - 1.0) * 100.0 }])
    }
}
