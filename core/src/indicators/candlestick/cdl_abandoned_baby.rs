//! Abandoned Baby.

use crate::kernels::candles::{Candles, Pattern, on};

crate::indicator! {
    /// A doji left alone between two gaps, with long bars of opposite colours on either side. Read as a
    /// strong reversal, bullish when the doji lies below, bearish when it lies above; rare.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar is followed by a doji whose whole range is below it, and by a long white
    /// bar whose whole range is above the doji and that closes above the first close by more than
    /// `penetration` of the first body. −100 when the same holds upside down. 0 otherwise.
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
    /// A bar that closes where it opened counts as white. Ranges that touch are no gap. Always 0 on a flat
    /// series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.8, 21.0], [20.0, 20.2, 19.8, 20.05], [20.6, 23.2, 20.4, 23.0]];
    /// let mut stream = CdlAbandonedBaby::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLABANDONEDBABY`.
    pub struct CdlAbandonedBaby("cdl_abandoned_baby", "Abandoned Baby", Candlestick) {
        /// How much of the first body the later bars take back at least, as a share of it.
        penetration: f64 = 0.3, 0.0..=3e37;
    }
    inputs [Open, High, Low, Close]
    outputs pane [cdl_abandoned_baby: Pattern]
    talib CDLABANDONEDBABY(penetration: penetration)
}

impl Pattern for CdlAbandonedBaby {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, doji, third] = candles.last();
        let rises = first.is_black()
            && third.is_white()
            && doji.high < first.low
            && third.low > doji.high
            && third.close > first.retraced(self.penetration);
        let falls = first.is_white()
            && third.is_black()
            && doji.low > first.high
            && third.high < doji.low
            && third.close < first.retraced(self.penetration);
        let side = if rises { 1.0 } else { -1.0 };
        on(side, (rises || falls) && first.is_long() && doji.is_doji() && third.is_long())
    }
}
