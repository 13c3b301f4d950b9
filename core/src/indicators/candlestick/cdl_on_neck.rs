//! On-Neck.

use crate::kernels::candles::{Candles, Pattern, all, bearish, within};

crate::indicator! {
    /// After a long black bar the market opens below its low and recovers only to that low. The rebound is
    /// feeble, so the fall is read to go on: bearish.
    ///
    /// # Formula
    ///
    /// −100 when a long black bar is followed by a white one that opens below the first low and closes at a
    /// price equal to it. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. Equal is within a twentieth of the
    /// mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. A close near the first close instead is
    /// `cdl_in_neck`. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.5, 21.0], [19.5, 20.6, 19.3, 20.45]];
    /// let mut stream = CdlOnNeck::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLONNECK`.
    pub struct CdlOnNeck("cdl_on_neck", "On-Neck", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_on_neck: Pattern]
    talib CDLONNECK()
}

impl Pattern for CdlOnNeck {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        bearish(
            all([first.is_black(), second.is_white(), second.open < first.low])
                && within(second.close, first.equal(), first.low)
                && first.is_long(),
        )
    }
}
