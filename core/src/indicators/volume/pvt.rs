//! Price Volume Trend.

use crate::{Indicator, Update};

crate::indicator! {
    /// A running total of volume times the price's relative change.
    ///
    /// # Formula
    ///
    /// `pvt[i] = pvt[i-1] + (close[i] / close[i-1] - 1) · volume[i]`, from 0
    ///
    /// # Warm-up
    ///
    /// None. The level depends on where the series begins.
    ///
    /// # Edge cases
    ///
    /// Unchanged where the previous close is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Pvt::default().compute([&[10.0, 11.0], &[5.0, 40.0]], [&mut out])?;
    /// assert_eq!(out, [0.0, 4.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `PVT`.
    pub struct Pvt("pvt", "Price Volume Trend", Volume) {}
    inputs [Close, Volume]
    outputs pane [pvt: Line]
    talib PVT()
}

impl Indicator for Pvt {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = PvtState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> PvtState {
        PvtState { close: None, total: 0.0 }
    }
}

crate::state! {
    /// State of [`Pvt`].
    pub struct PvtState {
        /// Of the previous bar.
        close: Option<f64>,
        total: f64,
    }
}

impl Update for PvtState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [close, volume]: [f64; 2]) -> Option<[f64; 1]> {
        if let Some(before) = self.close.replace(close)
            && before != 0.0
        {
            self.total += (close - before) / before * volume;
        }
        Some([self.total])
    }
}
