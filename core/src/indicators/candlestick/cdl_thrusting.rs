//! Thrusting Pattern.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// After a long black bar the market opens below its low and climbs into its body, but not past the
    /// middle. The rebound falls short, so the fall is read to go on: bearish.
    ///
    /// # Formula
    ///
    /// −100 when a long black bar is followed by a white one that opens below the first low and closes above
    /// the first close by more than counts as equal, at most at the middle of the first body. 0 otherwise.
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
    /// A bar that closes where it opened counts as white. Past the middle it is `cdl_piercing`, at the close
    /// `cdl_in_neck`. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.8, 21.0], [20.0, 22.2, 19.8, 22.0]];
    /// let mut stream = CdlThrusting::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLTHRUSTING`.
    pub struct CdlThrusting("cdl_thrusting", "Thrusting Pattern", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_thrusting: Pattern]
    talib CDLTHRUSTING()
}

impl Pattern for CdlThrusting {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        bearish(
            all([first.is_black(), second.is_white(), second.open < first.low])
                && second.close > first.close + first.equal()
                && second.close <= first.retraced(0.5)
                && first.is_long(),
        )
    }
}
