//! Long-Legged Doji.

use crate::kernels::candles::{Candles, Pattern, bullish};

crate::indicator! {
    /// A doji with a long shadow: the price travelled and came back to where it began. Read as indecision
    /// with much at stake, a warning within a trend.
    ///
    /// # Formula
    ///
    /// 100 for a doji with at least one shadow longer than its body, 0 otherwise.
    ///
    /// A doji has a body of at most a tenth of the mean range of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// Always positive, though it is neither bullish nor bearish. Since a doji has next to no body, a modest
    /// shadow is long enough. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 21.2, 18.8, 20.1]];
    /// let mut stream = CdlLongLeggedDoji::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLLONGLEGGEDDOJI`.
    pub struct CdlLongLeggedDoji("cdl_long_legged_doji", "Long-Legged Doji", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_long_legged_doji: Pattern]
    talib CDLLONGLEGGEDDOJI()
}

impl Pattern for CdlLongLeggedDoji {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        let has_legs = bar.lower_shadow() > bar.body() || bar.upper_shadow() > bar.body();
        bullish(has_legs && bar.is_doji())
    }
}
