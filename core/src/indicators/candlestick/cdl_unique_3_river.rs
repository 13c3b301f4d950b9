//! Unique Three River Bottom.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A long black bar, a black body inside it that trades to a new low and comes back, and a small white
    /// bar that holds above that low. Read as a bullish reversal; rare.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar is followed by a black one that closes above the first close, opens at or
    /// below the first open and has a lower low, and by a short white bar that opens above the second low. 0
    /// otherwise.
    ///
    /// Long or short is a body longer or shorter than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The third bar may close above the second close; by
    /// the books it is better below. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.8, 21.0], [23.0, 23.2, 19.5, 22.0], [20.5, 21.3, 20.3, 21.0]];
    /// let mut stream = CdlUnique3River::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLUNIQUE3RIVER`.
    pub struct CdlUnique3River("cdl_unique_3_river", "Unique Three River Bottom", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_unique_3_river: Pattern]
    talib CDLUNIQUE3RIVER()
}

impl Pattern for CdlUnique3River {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        bullish(
            all([
                first.is_black(),
                second.is_black(),
                third.is_white(),
                second.close > first.close,
                second.open <= first.open,
                second.low < first.low,
                third.open > second.low,
            ]) && first.is_long()
                && third.is_short(),
        )
    }
}
