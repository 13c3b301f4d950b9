//! Three White Soldiers.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// Three white bars in a row, each opening in or near the body before it and closing close to its own
    /// high: steady buying. Read as a bullish reversal after a decline.
    ///
    /// # Formula
    ///
    /// +100 when three white bars without upper shadow each close higher and open higher than the one before,
    /// though not far above its close, the last is long, and neither the second nor the third body is far
    /// smaller than the one before. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A shadow shows when it is longer
    /// than a tenth of the mean range of the ten bars before it, and is absent when shorter. Near is a fifth
    /// of the mean range of the five bars before. Far smaller is smaller by three fifths of that range.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. A body may shrink a little from bar to bar; where
    /// it shrinks a lot, see `cdl_advance_block`. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 22.05, 19.8, 22.0], [21.0, 23.55, 20.8, 23.5], [22.5, 25.05, 22.3, 25.0]];
    /// let mut stream = Cdl3WhiteSoldiers::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDL3WHITESOLDIERS`.
    pub struct Cdl3WhiteSoldiers("cdl_3_white_soldiers", "Three White Soldiers", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_3_white_soldiers: Pattern]
    talib CDL3WHITESOLDIERS()
}

impl Pattern for Cdl3WhiteSoldiers {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        bullish(
            all([first.is_white(), second.is_white(), third.is_white()])
                && second.climbs_from(&first)
                && third.climbs_from(&second)
                && second.body() > first.body() - first.far()
                && third.body() > second.body() - second.far()
                && first.is_shaven_above()
                && second.is_shaven_above()
                && third.is_shaven_above()
                && third.is_long(),
        )
    }
}
