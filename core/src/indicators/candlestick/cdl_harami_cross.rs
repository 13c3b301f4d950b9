//! Harami Cross.

use crate::kernels::candles::{Candles, Pattern};

crate::indicator! {
    /// A doji inside the long body before it: a harami (`cdl_harami`) whose second bar has no opinion at all.
    /// Read as a reversal of the long bar's direction, stronger than a plain harami.
    ///
    /// # Formula
    ///
    /// +100 (bullish) when a long black bar's body covers the body of a doji, +80 when an end touches; −100
    /// or −80 (bearish) when the long bar is white. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A doji has a body of at most a
    /// tenth of the mean range of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. A doji at the very open or close of the long bar
    /// still counts, with 80. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 19.8, 20.0], [21.5, 22.1, 20.9, 21.55]];
    /// let mut stream = CdlHaramiCross::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLHARAMICROSS`.
    pub struct CdlHaramiCross("cdl_harami_cross", "Harami Cross", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_harami_cross: Pattern]
    talib CDLHARAMICROSS()
}

impl Pattern for CdlHaramiCross {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second] = candles.last();
        let side = if first.is_black() { 1.0 } else { -1.0 };
        let strength = first.holds(&second);
        if strength > 0.0 && first.is_long() && second.is_doji() { side * strength } else { 0.0 }
    }
}
