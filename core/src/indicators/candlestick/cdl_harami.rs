//! Harami.

use crate::kernels::candles::{Candles, Pattern};

crate::indicator! {
    /// A small body inside the long body before it: the move has lost its breath (harami is an old word for
    /// pregnant). Read as a reversal of the long bar's direction.
    ///
    /// # Formula
    ///
    /// +100 (bullish) when a long black bar's body covers the next body, which is not long, +80 when an end
    /// touches; −100 or −80 (bearish) when the long bar is white. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The colour of the small body does not matter.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 19.8, 20.0], [21.0, 21.8, 20.7, 21.5]];
    /// let mut stream = CdlHarami::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLHARAMI`.
    pub struct CdlHarami("cdl_harami", "Harami", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_harami: Pattern]
    talib CDLHARAMI()
}

impl Pattern for CdlHarami {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        let side = if first.is_black() { 1.0 } else { -1.0 };
        let strength = first.holds(&second);
        if strength > 0.0 && first.is_long() && !second.is_long() { side * strength } else { 0.0 }
    }
}
