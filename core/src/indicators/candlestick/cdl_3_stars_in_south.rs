//! Three Stars in the South.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// Three ever smaller black bars, each with a higher low than the one before: a decline that runs out of
    /// sellers. Read as a bullish reversal; rare.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar with a lower shadow longer than its body is followed by a smaller black bar
    /// that opens inside the upper range of the first, above its close, dips below that close but not below
    /// the first low, and shows a lower shadow; and by a short black bar without shadows inside the range of
    /// the second. 0 otherwise.
    ///
    /// Long or short is a body longer or shorter than the mean body of the ten bars before it. A shadow shows
    /// when it is longer than a tenth of the mean range of the ten bars before it, and is absent when
    /// shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The low of the second bar may equal the first low;
    /// the third bar must stay clear of both ends of the second. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.1, 17.0, 21.0], [22.5, 22.7, 18.5, 21.0], [20.6, 20.62, 19.98, 20.0]];
    /// let mut stream = Cdl3StarsInSouth::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDL3STARSINSOUTH`.
    pub struct Cdl3StarsInSouth("cdl_3_stars_in_south", "Three Stars in the South", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_3_stars_in_south: Pattern]
    talib CDL3STARSINSOUTH()
}

impl Pattern for Cdl3StarsInSouth {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        bullish(
            all([
                first.is_black(),
                second.is_black(),
                third.is_black(),
                first.lower_shadow() > first.body(),
                second.body() < first.body(),
                second.open > first.close,
                second.open <= first.high,
                second.low < first.close,
                second.low >= first.low,
                third.low > second.low,
                third.high < second.high,
            ]) && first.is_long()
                && second.has_lower_shadow()
                && third.is_short()
                && third.is_shaven_below()
                && third.is_shaven_above(),
        )
    }
}
