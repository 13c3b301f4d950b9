//! Morning Star.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A long black bar, a small body below it, and a white bar that climbs back deep into the first: a
    /// decline falls, hesitates and turns. Read as a bullish reversal. The counterpart of `cdl_evening_star`.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar is followed by one that is not long and whose body gaps below it, and by a
    /// long white bar that takes back more than `penetration` of the first body. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The colour of the star does not matter, and no gap
    /// is asked for after it. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.8, 21.0], [20.2, 20.7, 19.6, 19.8], [20.6, 23.2, 20.4, 23.0]];
    /// let mut stream = CdlMorningStar::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLMORNINGSTAR`.
    pub struct CdlMorningStar("cdl_morning_star", "Morning Star", Candlestick) {
        /// How much of the first body the later bars take back at least, as a share of it.
        penetration: f64 = 0.3, 0.0..=3e37;
    }
    inputs [Open, High, Low, Close]
    outputs pane [cdl_morning_star: Pattern]
    talib CDLMORNINGSTAR(penetration: penetration)
}

impl Pattern for CdlMorningStar {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, star, third] = candles.last();
        bullish(
            all([first.is_black(), third.is_white(), star.gaps_below(&first)])
                && third.close > first.retraced(self.penetration)
                && first.is_long()
                && !star.is_long()
                && third.is_long(),
        )
    }
}
