//! Ladder Bottom.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// Three black bars step down, a fourth still closes black but trades up on the way, and a white bar
    /// opens above and runs. The first buyers came on the fourth rung; read as a bullish reversal.
    ///
    /// # Formula
    ///
    /// +100 when three black bars have ever lower opens and closes, the fourth is black and shows an upper
    /// shadow, and a white bar opens above the fourth open and closes above the fourth high. 0 otherwise.
    ///
    /// A shadow shows when it is longer than a tenth of the mean range of the ten bars before it, and is
    /// absent when shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 14: the pattern's five bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The fourth close need not be lower than the third.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [
    ///     [28.0, 28.2, 25.8, 26.0],
    ///     [27.0, 27.2, 24.8, 25.0],
    ///     [26.0, 26.2, 23.8, 24.0],
    ///     [24.5, 25.5, 22.8, 23.0],
    ///     [25.0, 27.2, 24.8, 27.0],
    /// ];
    /// let mut stream = CdlLadderBottom::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLLADDERBOTTOM`.
    pub struct CdlLadderBottom("cdl_ladder_bottom", "Ladder Bottom", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_ladder_bottom: Pattern]
    talib CDLLADDERBOTTOM()
}

impl Pattern for CdlLadderBottom {
    const LOOKBACK: usize = 14;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third, fourth, last] = candles.last();
        bullish(
            all([
                first.is_black(),
                second.is_black(),
                third.is_black(),
                fourth.is_black(),
                last.is_white(),
                first.open > second.open,
                second.open > third.open,
                first.close > second.close,
                second.close > third.close,
                last.open > fourth.open,
                last.close > fourth.high,
            ]) && fourth.has_upper_shadow(),
        )
    }
}
