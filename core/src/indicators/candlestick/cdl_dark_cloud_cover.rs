//! Dark Cloud Cover.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// After a long white bar the market opens above its high and then closes deep inside its body. Those who
    /// bought the new high are trapped, so it is read as a bearish reversal. The counterpart of
    /// `cdl_piercing`.
    ///
    /// # Formula
    ///
    /// −100 when a long white bar is followed by a black one that opens above the first high, closes above
    /// the first open and takes back more than `penetration` of the first body. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. A close at or below the first open is no dark cloud
    /// cover but engulfs the body. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.2, 19.8, 23.0], [23.6, 23.8, 20.9, 21.0]];
    /// let mut stream = CdlDarkCloudCover::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLDARKCLOUDCOVER`.
    pub struct CdlDarkCloudCover("cdl_dark_cloud_cover", "Dark Cloud Cover", Candlestick) {
        /// How much of the first body the later bars take back at least, as a share of it.
        penetration: f64 = 0.5, 0.0..=3e37;
    }
    inputs [Open, High, Low, Close]
    outputs pane [cdl_dark_cloud_cover: Pattern]
    talib CDLDARKCLOUDCOVER(penetration: penetration)
}

impl Pattern for CdlDarkCloudCover {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        bearish(
            all([first.is_white(), second.is_black(), second.open > first.high, second.close > first.open])
                && second.close < first.retraced(self.penetration)
                && first.is_long(),
        )
    }
}
