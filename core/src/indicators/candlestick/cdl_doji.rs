//! Doji.

use crate::kernels::candles::{Candles, Pattern, bullish};

crate::indicator! {
    /// A bar that closes where it opened, or nearly: buyers and sellers ended even. Read as indecision, a
    /// warning that a trend may tire, with no direction of its own.
    ///
    /// # Formula
    ///
    /// 100 for a doji, 0 otherwise.
    ///
    /// A doji has a body of at most a tenth of the mean range of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// Always positive, though it is neither bullish nor bearish. Every bar of a flat series is a doji.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 20.8, 19.3, 20.1]];
    /// let mut stream = CdlDoji::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLDOJI`.
    pub struct CdlDoji("cdl_doji", "Doji", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_doji: Pattern]
    talib CDLDOJI()
}

impl Pattern for CdlDoji {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        bullish(bar.is_doji())
    }
}
