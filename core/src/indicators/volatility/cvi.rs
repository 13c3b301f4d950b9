//! Chaikin Volatility.

use crate::kernels::{Delay, Smoothed};
use crate::{Indicator, Update};

crate::indicator! {
    /// How much the average range has grown since `roc` bars ago, in per cent.
    ///
    /// # Formula
    ///
    /// `r = ema(high - low, period)`, `cvi = 100 · (r[i] / r[i-roc] - 1)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + roc - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where the earlier average is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Cvi::new(1, 1)?.compute([&[2.0, 3.0], &[0.0, 0.0]], [&mut out])?;
    /// assert_eq!(out[1], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chaikin; Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `CVI`.
    pub struct Cvi("cvi", "Chaikin Volatility", Volatility) {
        /// Averaging length in bars.
        period: usize = 10, 1..=100_000;
        /// Distance of the comparison in bars.
        roc: usize = 10, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [cvi: Line]
    talib CVI(period: timeperiod, roc: rocperiod)
}

impl Indicator for Cvi {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = CviState;

    fn lookback(&self) -> usize {
        self.period + self.roc - 1
    }

    fn state(&self) -> CviState {
        CviState { average: Smoothed::exponential(self.period), past: Delay::new(self.roc) }
    }
}

crate::state! {
    /// State of [`Cvi`].
    pub struct CviState {
        average: Smoothed,
        past: Delay,
    }
}

impl Update for CviState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let range = self.average.update(high - low)?;
        let past = self.past.push(range)?;
        Some([if past == 0.0 { 0.0 } else { (range - past) / past * 100.0 }])
    }
}
