//! Gravestone Doji.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A doji at the bottom of its range: prices rose and fell all the way back. Read as supply met above,
    /// bearish after an advance.
    ///
    /// # Formula
    ///
    /// 100 for a doji without lower shadow whose upper shadow shows, 0 otherwise.
    ///
    /// A doji has a body of at most a tenth of the mean range of the ten bars before it. A shadow shows when
    /// it is longer than a tenth of the mean range of the ten bars before it, and is absent when shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// Always positive, as in TA-Lib, though it is read as bearish. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 21.5, 19.95, 20.05]];
    /// let mut stream = CdlGravestoneDoji::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLGRAVESTONEDOJI`.
    pub struct CdlGravestoneDoji("cdl_gravestone_doji", "Gravestone Doji", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_gravestone_doji: Pattern]
    talib CDLGRAVESTONEDOJI()
}

impl Pattern for CdlGravestoneDoji {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        bullish(all([bar.is_doji(), bar.is_shaven_below(), bar.has_upper_shadow()]))
    }
}
