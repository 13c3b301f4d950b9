//! Engulfing Pattern.

use crate::kernels::candles::{Candles, Pattern};

crate::indicator! {
    /// A body that covers the previous bar's body of the other colour: a rising one after a falling one is
    /// bullish, a falling one after a rising one bearish.
    ///
    /// # Formula
    ///
    /// +100 (bullish) or −100 (bearish) when the body reaches past both ends of the previous one, ±80 when it
    /// reaches past one end and touches the other, 0 otherwise.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 2, one later than the pattern needs, as in TA-Lib.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. Two equal bodies do not engulf each other: 0.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[9.0, 9.0, 9.0, 9.0]];
    /// let pattern = [[9.0, 9.0, 8.0, 8.0], [7.0, 10.0, 7.0, 10.0]];
    /// let mut stream = CdlEngulfing::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
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

impl Pattern for CdlEngulfing {
    const LOOKBACK: usize = 2;

    #[inline]
    #[allow(clippy::needless_bitwise_bool)] // see below
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second]) = candles.with_white(1);
        // How far each end of the second body reaches past the end of the first that it faces.
        let (above, below) = (second.close - first.open, first.close - second.open);
        // `&` and `|`: none of these can be predicted, and all are cheap.
        let covers = (above >= 0.0) & (below >= 0.0) & ((above > 0.0) | (below > 0.0));
        let strength = if (above > 0.0) & (below > 0.0) { 100.0 } else { 80.0 };
        if first.is_black() & covers { side * strength } else { 0.0 }
    }
}
