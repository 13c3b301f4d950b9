//! Breakaway.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A move speeds up through a gap, drifts on for two more bars, and is then taken back by one bar that
    /// closes inside the gap. Read as a reversal in the direction of the last bar.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar is followed by a black one whose body gaps below it, by two bars with ever
    /// lower highs and lows, the second of them black, and by a white bar that closes above the second open
    /// and below the first close. −100 when the same holds upside down. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 14: the pattern's five bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The colour of the third bar does not matter. Always
    /// 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [
    ///     [26.0, 26.2, 22.8, 23.0],
    ///     [22.0, 22.3, 21.0, 21.2],
    ///     [21.3, 21.9, 20.3, 20.8],
    ///     [20.8, 21.2, 19.6, 20.0],
    ///     [20.2, 22.7, 20.0, 22.5],
    /// ];
    /// let mut stream = CdlBreakaway::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLBREAKAWAY`.
    pub struct CdlBreakaway("cdl_breakaway", "Breakaway", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_breakaway: Pattern]
    talib CDLBREAKAWAY()
}

impl Pattern for CdlBreakaway {
    const LOOKBACK: usize = 14;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second, third, fourth, last]) = candles.with_white(4);
        on(
            side,
            all([
                first.is_black(),
                second.is_black(),
                fourth.is_black(),
                second.gaps_below(&first),
                third.high < second.high,
                third.low < second.low,
                fourth.high < third.high,
                fourth.low < third.low,
                last.close > second.open,
                last.close < first.close,
            ]) && first.is_long(),
        )
    }
}
