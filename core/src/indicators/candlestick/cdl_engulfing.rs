//! Engulfing pattern.

use crate::{Indicator, Update};

crate::indicator! {
    /// A body that covers the previous bar's body of the other colour: a rising one after a falling one is bullish,
    /// a falling one after a rising one bearish.
    ///
    /// # Formula
    ///
    /// +100 (bullish) or −100 (bearish) when the body reaches past both ends of the previous one, ±80 when it reaches
    /// past one end and touches the other, 0 otherwise. A bar that closes where it opened counts as rising.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 2, as in TA-Lib.
    ///
    /// # Edge cases
    ///
    /// Two equal bodies do not engulf each other: 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (open, close) = ([9.0, 9.0, 7.0], [9.0, 8.0, 10.0]);
    /// let mut out = [0.0; 3];
    /// CdlEngulfing::default().compute([&open, &close, &open, &close], [&mut out])?;
    /// assert_eq!(out[2], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. TA-Lib `CDLENGULFING`.
    pub struct CdlEngulfing("cdl_engulfing", "Engulfing Pattern", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_engulfing: Pattern]
    talib CDLENGULFING()
}

impl Indicator for CdlEngulfing {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = CdlEngulfingState;

    fn lookback(&self) -> usize {
        2
    }

    fn state(&self) -> CdlEngulfingState {
        CdlEngulfingState { body: None, bars: 0 }
    }
}

crate::state! {
    /// State of [`CdlEngulfing`].
    pub struct CdlEngulfingState {
        /// Open and close of the previous bar.
        body: Option<[f64; 2]>,
        bars: usize,
    }
}

impl Update for CdlEngulfingState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, _, _, close]: [f64; 4]) -> Option<[f64; 1]> {
        let body = self.body.replace([open, close]);
        self.bars = self.bars.saturating_add(1);
        let [previous_open, previous_close] = body.filter(|_| self.bars > 2)?;
        let rises = close >= open;
        let turned = rises != (previous_close >= previous_open);
        // How far each end of this body reaches past the end of the previous one it faces.
        let sign = if rises { 1.0 } else { -1.0 };
        let (behind, ahead) = (sign * (previous_close - open), sign * (close - previous_open));
        // `&` and `|`: none of these can be predicted, and all are cheap.
        let covers = (behind >= 0.0) & (ahead >= 0.0) & ((behind > 0.0) | (ahead > 0.0));
        let strength = if (behind > 0.0) & (ahead > 0.0) { 100.0 } else { 80.0 };
        Some([if turned & covers { sign * strength } else { 0.0 }])
    }
}
