//! Marubozu.

use crate::kernels::candles::{Candles, Pattern, on};

crate::indicator! {
    /// A long bar that is all body (the word means close-cropped): it opened at one extreme and closed at the
    /// other. Read as strong conviction in the bar's direction.
    ///
    /// # Formula
    ///
    /// ±100 (+ for white, − for black) for a long bar without shadows, 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A shadow shows when it is longer
    /// than a tenth of the mean range of the ten bars before it, and is absent when shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// Shadows may exist as long as they hardly show. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.05, 19.95, 23.0]];
    /// let mut stream = CdlMarubozu::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLMARUBOZU`.
    pub struct CdlMarubozu("cdl_marubozu", "Marubozu", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_marubozu: Pattern]
    talib CDLMARUBOZU()
}

impl Pattern for CdlMarubozu {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        on(bar.side(), bar.is_marubozu())
    }
}
