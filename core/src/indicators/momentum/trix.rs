//! TRIX.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// The rate of change of a price smoothed three times: cycles shorter than the period are gone.
    ///
    /// # Formula
    ///
    /// `trix = 100 · (e3[i] / e3[i-1] - 1)`, `e3 = ema(ema(ema(x)))`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `3 · (period - 1) + 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where the earlier average is 0; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Trix::new(1)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1..], [100.0, 50.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hutson, "Good TRIX", Technical Analysis of Stocks & Commodities 1:5, 1983. TA-Lib `TRIX`.
    pub struct Trix("trix", "TRIX", Momentum) {
        /// Averaging length in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [trix: Line]
    talib TRIX(period: timeperiod)
}

impl Indicator for Trix {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TrixState;

    fn lookback(&self) -> usize {
        3 * (self.period - 1) + 1
    }

    fn state(&self) -> TrixState {
        TrixState { stages: std::array::from_fn(|_| Smoothed::exponential(self.period)), before: None }
    }
}

crate::state! {
    /// State of [`Trix`].
    pub struct TrixState {
        stages: [Smoothed; 3],
        /// The average of the previous bar.
        before: Option<f64>,
    }
}

impl Update for TrixState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [once, twice, thrice] = &mut self.stages;
        let average = once.update(x).and_then(|x| twice.update(x)).and_then(|x| thrice.update(x))?;
        let before = self.before.replace(average)?;
        Some([if before == 0.0 { 0.0 } else { (average / before - 1.0) * 100.0 }])
    }
}
