//! Morning Doji Star.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A long black bar, a doji below it, and a white bar that climbs back deep into the first: the bottom of
    /// a decline in three steps. Read as a bullish reversal, stronger than a morning star
    /// (`cdl_morning_star`).
    ///
    /// # Formula
    ///
    /// +100 when a long black bar is followed by a doji whose body gaps below it, and by a long white bar
    /// that takes back more than `penetration` of the first body. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A doji has a body of at most a
    /// tenth of the mean range of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. No gap is asked for between the doji and the third
    /// bar. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.8, 21.0], [20.2, 20.6, 19.8, 20.25], [20.6, 23.2, 20.4, 23.0]];
    /// let mut stream = CdlMorningDojiStar::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLMORNINGDOJISTAR`.
    pub struct CdlMorningDojiStar("cdl_morning_doji_star", "Morning Doji Star", Candlestick) {
        /// How much of the first body the later bars take back at least, as a share of it.
        penetration: f64 = 0.3, 0.0..=3e37;
    }
    inputs [Open, High, Low, Close]
    outputs pane [cdl_morning_doji_star: Pattern]
    talib CDLMORNINGDOJISTAR(penetration: penetration)
}

impl Pattern for CdlMorningDojiStar {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, star, third] = candles.last();
        bullish(
            all([first.is_black(), third.is_white(), star.gaps_below(&first)])
                && third.close > first.retraced(self.penetration)
                && first.is_long()
                && star.is_doji()
                && third.is_long(),
        )
    }
}
