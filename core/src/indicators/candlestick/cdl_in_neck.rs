//! In-Neck.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// After a long black bar the market opens below its low and struggles back only to its close. The
    /// rebound is too weak, so the fall is read to go on: bearish.
    ///
    /// # Formula
    ///
    /// −100 when a long black bar is followed by a white one that opens below the first low and closes at or
    /// just above the first close, no further than counts as equal. 0 otherwise.
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
    /// A bar that closes where it opened counts as white. A close below the first close is not in the neck,
    /// nor one further above it: see `cdl_on_neck` and `cdl_thrusting`. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.9, 21.0], [20.0, 21.1, 19.8, 21.05]];
    /// let mut stream = CdlInNeck::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLINNECK`.
    pub struct CdlInNeck("cdl_in_neck", "In-Neck", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_in_neck: Pattern]
    talib CDLINNECK()
}

impl Pattern for CdlInNeck {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        bearish(
            all([first.is_black(), second.is_white(), second.open < first.low, second.close >= first.close])
                && second.close <= first.close + first.equal()
                && first.is_long(),
        )
    }
}
