//! Rickshaw Man.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A doji with long shadows on both sides and its body near the middle of the range: the price went both
    /// ways and ended where it began. Read as utter indecision.
    ///
    /// # Formula
    ///
    /// 100 for a doji whose shadows are each longer than its body and whose body is near the middle of its
    /// range, 0 otherwise.
    ///
    /// A doji has a body of at most a tenth of the mean range of the ten bars before it. Near is a fifth of
    /// the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// Always positive, though it is neither bullish nor bearish. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 21.2, 18.9, 20.1]];
    /// let mut stream = CdlRickshawMan::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLRICKSHAWMAN`.
    pub struct CdlRickshawMan("cdl_rickshaw_man", "Rickshaw Man", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_rickshaw_man: Pattern]
    talib CDLRICKSHAWMAN()
}

impl Pattern for CdlRickshawMan {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        let middle = bar.low + (bar.high - bar.low) / 2.0;
        bullish(
            all([bar.lower_shadow() > bar.body(), bar.upper_shadow() > bar.body()])
                && bar.bottom() <= middle + bar.near()
                && bar.top() >= middle - bar.near()
                && bar.is_doji(),
        )
    }
}
