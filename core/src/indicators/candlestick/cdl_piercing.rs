//! Piercing Pattern.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// After a long black bar the market opens below its low and then closes above the middle of its body.
    /// Those who sold the new low are trapped, so it is read as a bullish reversal. The counterpart of
    /// `cdl_dark_cloud_cover`.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar is followed by a long white one that opens below the first low and closes
    /// above the middle of the first body but below its open. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. A close at or above the first open is no piercing
    /// pattern but engulfs the body. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.8, 21.0], [20.0, 23.1, 19.8, 23.0]];
    /// let mut stream = CdlPiercing::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLPIERCING`.
    pub struct CdlPiercing("cdl_piercing", "Piercing Pattern", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_piercing: Pattern]
    talib CDLPIERCING()
}

impl Pattern for CdlPiercing {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        bullish(
            all([first.is_black(), second.is_white(), second.open < first.low, second.close < first.open])
                && second.close > first.retraced(0.5)
                && first.is_long()
                && second.is_long(),
        )
    }
}
