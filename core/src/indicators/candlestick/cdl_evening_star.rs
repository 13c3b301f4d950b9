//! Evening Star.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// A long white bar, a small body above it, and a black bar that falls back deep into the first: a rally
    /// rises, hesitates and turns. Read as a bearish reversal. The counterpart of `cdl_morning_star`.
    ///
    /// # Formula
    ///
    /// −100 when a long white bar is followed by one that is not long and whose body gaps above it, and by a
    /// long black bar that takes back more than `penetration` of the first body. 0 otherwise.
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
    /// let pattern = [[20.0, 23.2, 19.8, 23.0], [23.8, 24.6, 23.5, 24.2], [23.3, 23.5, 20.8, 21.0]];
    /// let mut stream = CdlEveningStar::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLEVENINGSTAR`.
    pub struct CdlEveningStar("cdl_evening_star", "Evening Star", Candlestick) {
        /// How much of the first body the later bars take back at least, as a share of it.
        penetration: f64 = 0.3, 0.0..=3e37;
    }
    inputs [Open, High, Low, Close]
    outputs pane [cdl_evening_star: Pattern]
    talib CDLEVENINGSTAR(penetration: penetration)
}

impl Pattern for CdlEveningStar {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, star, third] = candles.last();
        bearish(
            all([first.is_white(), third.is_black(), star.gaps_above(&first)])
                && third.close < first.retraced(self.penetration)
                && first.is_long()
                && !star.is_long()
                && third.is_long(),
        )
    }
}
