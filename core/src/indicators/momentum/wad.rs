//! Williams' Accumulation/Distribution.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// A running total of how far closes are from the bars' true extremes, without volume.
    ///
    /// # Formula
    ///
    /// On a higher close `close - min(low, previous close)` is added, on a lower one `max(high, previous close) -
    /// close` is taken off
    ///
    /// # Warm-up
    ///
    /// None; 0 at row 0. The level depends on where the series begins.
    ///
    /// # Edge cases
    ///
    /// Unchanged on an equal close.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Wad::default().compute([&[2.0, 4.0], &[1.0, 3.0], &[2.0, 4.0]], [&mut out])?;
    /// assert_eq!(out, [0.0, 2.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "How I Made One Million Dollars", 1973. TA-Lib `WAD`.
    pub struct Wad("wad", "Williams' Accumulation/Distribution", Momentum) {}
    inputs [High, Low, Close]
    outputs pane [wad: Line]
    talib WAD()
}

impl Indicator for Wad {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = WadState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> WadState {
        WadState { close: None, total: 0.0 }
    }
}

crate::state! {
    /// State of [`Wad`].
    pub struct WadState {
        /// Of the previous bar.
        close: Option<f64>,
        total: f64,
    }
}

impl Update for WadState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let before = self.close.replace(close).unwrap_or(close);
        if close > before {
            self.total += close - num::min(low, before);
        } else if close < before {
            self.total += close - num::max(high, before);
        }
        Some([self.total])
    }
}
