//! Three-Line Strike.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// Three bars march one way and a fourth takes everything back in one stroke. By the books the strike
    /// only shakes out the weak hands and the march goes on, so the sign is that of the three; Bulkowski
    /// found that the market more often follows the strike.
    ///
    /// # Formula
    ///
    /// +100 when three white bars close ever higher, the second and third opening inside or near the previous
    /// body, and a black bar opens above the third close and closes below the first open. −100 when the same
    /// holds upside down. 0 otherwise.
    ///
    /// Near is a fifth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 8: the pattern's four bars and the five before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. How long the bars are does not matter. Always 0 on
    /// a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 5];
    /// let pattern = [
    ///     [20.0, 22.2, 19.8, 22.0],
    ///     [21.0, 23.2, 20.8, 23.0],
    ///     [22.0, 24.2, 21.8, 24.0],
    ///     [24.5, 24.7, 19.3, 19.5],
    /// ];
    /// let mut stream = Cdl3LineStrike::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDL3LINESTRIKE`.
    pub struct Cdl3LineStrike("cdl_3_line_strike", "Three-Line Strike", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_3_line_strike: Pattern]
    talib CDL3LINESTRIKE()
}

impl Pattern for Cdl3LineStrike {
    const LOOKBACK: usize = 8;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second, third, strike]) = candles.with_white(2);
        on(
            side,
            all([
                first.is_white(),
                second.is_white(),
                strike.is_black(),
                third.close > second.close,
                second.close > first.close,
                strike.open > third.close,
                strike.close < first.open,
            ]) && first.body_nears(second.open)
                && second.body_nears(third.open),
        )
    }
}
