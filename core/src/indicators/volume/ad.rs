//! Accumulation/Distribution Line.

use crate::kernels::money_flow;
use crate::{Indicator, Update};

crate::indicator! {
    /// A running total of volume, counted by where in its range each bar closes: rising when closes near the high carry
    /// the volume.
    ///
    /// # Formula
    ///
    /// `flow = ((close - low) - (high - close)) / (high - low) · volume`, `ad[i] = ad[i-1] + flow`
    ///
    /// # Warm-up
    ///
    /// None. The level depends on where the series begins.
    ///
    /// # Edge cases
    ///
    /// A bar without range adds nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Ad::default().compute([&[4.0, 4.0], &[0.0, 0.0], &[4.0, 1.0], &[10.0, 10.0]], [&mut out])?;
    /// assert_eq!(out, [10.0, 5.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chaikin; Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `AD`.
    pub struct Ad("ad", "Accumulation/Distribution Line", Volume) {}
    inputs [High, Low, Close, Volume]
    outputs pane [ad: Line]
    talib AD()
}

impl Indicator for Ad {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = AdState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> AdState {
        AdState { total: 0.0 }
    }
}

crate::state! {
    /// State of [`Ad`].
    pub struct AdState {
        total: f64,
    }
}

impl Update for AdState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, row: [f64; 4]) -> Option<[f64; 1]> {
        self.total += money_flow(row);
        Some([self.total])
    }
}
