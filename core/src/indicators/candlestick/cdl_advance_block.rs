//! Advance Block.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// Three white bars that still close higher, but with shrinking bodies or growing upper shadows: the
    /// advance meets resistance. Read as a warning to protect long positions, bearish.
    ///
    /// # Formula
    ///
    /// −100 when three white bars close ever higher, each opening above the previous open but not far above
    /// its close, the first long and with less than the usual upper shadow, and the rise weakens in one of
    /// four ways: the second body is far smaller than the first and the third no longer picks up; the third
    /// is far smaller than the second; the bodies shrink twice and the second or third upper shadow is above
    /// the usual; or the third body is smaller than the second and than its own upper shadow. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. The usual shadow is half the mean
    /// of both shadows together over the ten bars before it. Near is a fifth of the mean range of the five
    /// bars before. Far smaller is smaller by three fifths of that range.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. Three equally strong bars are
    /// `cdl_3_white_soldiers` instead. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.2, 19.8, 23.0], [22.0, 24.4, 21.8, 24.0], [23.5, 25.4, 23.2, 24.4]];
    /// let mut stream = CdlAdvanceBlock::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLADVANCEBLOCK`.
    pub struct CdlAdvanceBlock("cdl_advance_block", "Advance Block", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_advance_block: Pattern]
    talib CDLADVANCEBLOCK()
}

impl Pattern for CdlAdvanceBlock {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        let [body_1, body_2, body_3] = [first.body(), second.body(), third.body()];
        let weakens = || {
            (body_2 < body_1 - first.far() && body_3 < body_2 + second.near())
                || body_3 < body_2 - second.far()
                || (body_3 < body_2 && third.upper_shadow() > body_3)
                || (body_3 < body_2
                    && body_2 < body_1
                    && (third.upper_shadow() > third.usual_shadow()
                        || second.upper_shadow() > second.usual_shadow()))
        };
        bearish(
            all([first.is_white(), second.is_white(), third.is_white()])
                && second.climbs_from(&first)
                && third.climbs_from(&second)
                && first.is_long()
                && first.upper_shadow() < first.usual_shadow()
                && weakens(),
        )
    }
}
