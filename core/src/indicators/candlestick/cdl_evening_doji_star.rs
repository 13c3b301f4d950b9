//! Evening Doji Star.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// A long white bar, a doji above it, and a black bar that falls back deep into the first: the top of a
    /// rally in three steps. Read as a bearish reversal, stronger than an evening star (`cdl_evening_star`).
    ///
    /// # Formula
    ///
    /// −100 when a long white bar is followed by a doji whose body gaps above it, and by a long black bar
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
    /// let pattern = [[20.0, 23.2, 19.8, 23.0], [23.8, 24.2, 23.4, 23.85], [23.3, 23.5, 20.8, 21.0]];
    /// let mut stream = CdlEveningDojiStar::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLEVENINGDOJISTAR`.
    pub struct CdlEveningDojiStar("cdl_evening_doji_star", "Evening Doji Star", Candlestick) {
        /// How much of the first body the later bars take back at least, as a share of it.
        penetration: f64 = 0.3, 0.0..=3e37;
    }
    inputs [Open, High, Low, Close]
    outputs pane [cdl_evening_doji_star: Pattern]
    talib CDLEVENINGDOJISTAR(penetration: penetration)
}

impl Pattern for CdlEveningDojiStar {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, star, third] = candles.last();
        bearish(
            all([first.is_white(), third.is_black(), star.gaps_above(&first)])
                && third.close < first.retraced(self.penetration)
                && first.is_long()
                && star.is_doji()
                && third.is_long(),
        )
    }
}
