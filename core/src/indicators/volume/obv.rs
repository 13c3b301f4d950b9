//! On-balance volume.

use crate::{Indicator, Update};

crate::indicator! {
    /// A running total of volume: added on bars that close higher, subtracted on bars that close lower.
    ///
    /// # Formula
    ///
    /// `obv[0] = volume[0]`; then `obv[i] = obv[i-1] ± volume[i]`, `+` when `close[i] > close[i-1]`, `-` when lower,
    /// unchanged when equal
    ///
    /// # Warm-up
    ///
    /// None. The level depends on where the series begins; only its changes carry meaning.
    ///
    /// # Edge cases
    ///
    /// Whole-number volumes stay exact up to 2⁵³.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Obv::default().compute([&[1.0, 2.0, 2.0, 1.0], &[10.0, 5.0, 7.0, 3.0]], [&mut out])?;
    /// assert_eq!(out, [10.0, 15.0, 15.0, 12.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Granville, "New Key to Stock Market Profits", 1963. TA-Lib `OBV`.
    pub struct Obv("obv", "On-Balance Volume", Volume) {}
    inputs [Close, Volume]
    outputs pane [obv: Line]
    talib OBV()
}

impl Indicator for Obv {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = ObvState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> ObvState {
        ObvState { close: None, total: 0.0 }
    }
}

crate::state! {
    /// State of [`Obv`].
    pub struct ObvState {
        /// Of the previous bar.
        close: Option<f64>,
        total: f64,
    }
}

impl Update for ObvState {
    type In = [f64; 2];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline]
    fn update(&mut self, [close, volume]: [f64; 2]) -> Option<[f64; 1]> {
        // The first bar counts as a rise.
        let previous = self.close.replace(close).unwrap_or(f64::NEG_INFINITY);
        self.total += signed(previous, close, volume);
        Some([self.total])
    }

    fn run(&mut self, [close, volume]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        // The first bar counts as a rise.
        let mut before = self.close.unwrap_or(f64::NEG_INFINITY);
        let mut total = self.total;
        for ((close, volume), out) in close.iter().zip(volume).zip(out) {
            total += signed(before, *close, *volume);
            before = *close;
            *out = total;
        }
        self.total = total;
        self.close = close.last().copied().or(self.close);
    }
}

/// A bar's volume with the sign of its move.
#[inline(always)]
fn signed(before: f64, close: f64, volume: f64) -> f64 {
    let falls = if close < before { -volume } else { 0.0 };
    if close > before { volume } else { falls }
}
