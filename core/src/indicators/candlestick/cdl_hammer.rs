//! Hammer.

use crate::kernels::candles::{Candles, Pattern, bullish};

crate::indicator! {
    /// A small body at the top of a bar with a long lower shadow, at the low end of the market: sellers drove
    /// the price down and lost it again. Read as a bullish reversal after a decline. The same bar at the high
    /// end is a hanging man (`cdl_hanging_man`).
    ///
    /// # Formula
    ///
    /// +100 for a short bar with a lower shadow longer than its body and without upper shadow, whose body's
    /// lower end is below or near the previous low. 0 otherwise.
    ///
    /// Short is a body shorter than the mean body of the ten bars before it. A shadow shows when it is longer
    /// than a tenth of the mean range of the ten bars before it, and is absent when shorter. Near is a fifth
    /// of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// The colour of the body does not matter. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[21.0, 21.2, 19.4, 19.6], [19.2, 19.65, 17.5, 19.6]];
    /// let mut stream = CdlHammer::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLHAMMER`.
    pub struct CdlHammer("cdl_hammer", "Hammer", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_hammer: Pattern]
    talib CDLHAMMER()
}

impl Pattern for CdlHammer {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [before, bar] = candles.last();
        bullish(
            bar.lower_shadow() > bar.body()
                && bar.bottom() <= before.low + before.near()
                && bar.is_short()
                && bar.is_shaven_above(),
        )
    }
}
