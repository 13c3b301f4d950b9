//! Matching Low.

use crate::kernels::candles::{Candles, Pattern, all, bullish, within};

crate::indicator! {
    /// Two black bars that close at the same price: the sellers could not push the close any lower. Read as
    /// support and a bullish reversal.
    ///
    /// # Formula
    ///
    /// +100 when two black bars follow each other with equal closes, 0 otherwise.
    ///
    /// Equal is within a twentieth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 6: the pattern's two bars and the five before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The lows themselves need not match. Always 0 on a
    /// flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 5];
    /// let pattern = [[23.0, 23.2, 20.8, 21.0], [22.0, 22.2, 20.9, 21.05]];
    /// let mut stream = CdlMatchingLow::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLMATCHINGLOW`.
    pub struct CdlMatchingLow("cdl_matching_low", "Matching Low", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_matching_low: Pattern]
    talib CDLMATCHINGLOW()
}

impl Pattern for CdlMatchingLow {
    const LOOKBACK: usize = 6;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        bullish(
            all([first.is_black(), second.is_black()]) && within(second.close, first.equal(), first.close),
        )
    }
}
