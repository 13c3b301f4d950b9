//! Dragonfly Doji.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A doji at the top of its range: prices fell and came all the way back. Read as support found below,
    /// bullish after a decline.
    ///
    /// # Formula
    ///
    /// 100 for a doji without upper shadow whose lower shadow shows, 0 otherwise.
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
    /// Always positive. For a longer lower shadow see `cdl_takuri`. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 20.1, 18.6, 20.05]];
    /// let mut stream = CdlDragonflyDoji::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLDRAGONFLYDOJI`.
    pub struct CdlDragonflyDoji("cdl_dragonfly_doji", "Dragonfly Doji", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_dragonfly_doji: Pattern]
    talib CDLDRAGONFLYDOJI()
}

impl Pattern for CdlDragonflyDoji {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        bullish(all([bar.is_doji(), bar.is_shaven_above(), bar.has_lower_shadow()]))
    }
}
