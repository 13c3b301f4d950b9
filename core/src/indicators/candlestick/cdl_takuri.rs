//! Takuri.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A doji at the top of its range with a very long lower shadow, like a line let down to feel for the
    /// bottom. Read as bullish after a decline; a dragonfly doji (`cdl_dragonfly_doji`) with a longer tail.
    ///
    /// # Formula
    ///
    /// 100 for a doji without upper shadow whose lower shadow is longer than twice its body, 0 otherwise.
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
    /// Always positive. Since a doji has next to no body, a modest shadow is long enough. Always 0 on a flat
    /// series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 20.1, 18.5, 20.05]];
    /// let mut stream = CdlTakuri::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLTAKURI`.
    pub struct CdlTakuri("cdl_takuri", "Takuri", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_takuri: Pattern]
    talib CDLTAKURI()
}

impl Pattern for CdlTakuri {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        bullish(all([bar.lower_shadow() > 2.0 * bar.body(), bar.is_doji(), bar.is_shaven_above()]))
    }
}
