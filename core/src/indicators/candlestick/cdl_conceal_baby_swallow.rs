//! Concealing Baby Swallow.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// Four black bars in a falling market: two bare bodies, a third that gaps down but trades back up into
    /// the second, and a fourth that swallows the third whole. The sellers spent themselves, so it is read as
    /// a bullish reversal; rare.
    ///
    /// # Formula
    ///
    /// +100 when four black bars follow each other, the first two without shadows, the third body gapping
    /// below the second while its upper shadow shows and reaches above the second close, the fourth with a
    /// higher high and a lower low than the third. 0 otherwise.
    ///
    /// A shadow shows when it is longer than a tenth of the mean range of the ten bars before it, and is
    /// absent when shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 13: the pattern's four bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The fourth must pass both the high and the low of
    /// the third, not just its body. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [
    ///     [26.0, 26.02, 22.98, 23.0],
    ///     [22.5, 22.52, 19.98, 20.0],
    ///     [19.0, 20.8, 18.3, 18.5],
    ///     [21.2, 21.3, 18.0, 18.1],
    /// ];
    /// let mut stream = CdlConcealBabySwallow::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLCONCEALBABYSWALL`.
    pub struct CdlConcealBabySwallow("cdl_conceal_baby_swallow", "Concealing Baby Swallow", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_conceal_baby_swallow: Pattern]
    talib CDLCONCEALBABYSWALL()
}

impl Pattern for CdlConcealBabySwallow {
    const LOOKBACK: usize = 13;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third, fourth] = candles.last();
        bullish(
            all([
                first.is_black(),
                second.is_black(),
                third.is_black(),
                fourth.is_black(),
                third.gaps_below(&second),
                third.high > second.close,
                fourth.high > third.high,
                fourth.low < third.low,
            ]) && first.is_shaven_below()
                && first.is_shaven_above()
                && second.is_shaven_below()
                && second.is_shaven_above()
                && third.has_upper_shadow(),
        )
    }
}
