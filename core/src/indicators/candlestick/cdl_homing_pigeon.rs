//! Homing Pigeon.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A small black body inside a long black body: the fall goes on, but with less force. Like a harami of
    /// one colour, and read as a bullish reversal.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar's body covers the black body after it, which is not long. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The small body must stay clear of both ends of the
    /// long one. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 19.8, 20.0], [22.0, 22.2, 21.3, 21.5]];
    /// let mut stream = CdlHomingPigeon::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLHOMINGPIGEON`.
    pub struct CdlHomingPigeon("cdl_homing_pigeon", "Homing Pigeon", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_homing_pigeon: Pattern]
    talib CDLHOMINGPIGEON()
}

impl Pattern for CdlHomingPigeon {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        bullish(
            all([first.is_black(), second.is_black(), first.covers(&second)])
                && first.is_long()
                && !second.is_long(),
        )
    }
}
