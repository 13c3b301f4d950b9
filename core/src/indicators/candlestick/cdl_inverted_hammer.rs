//! Inverted Hammer.

use crate::kernels::candles::{Candles, Pattern, all, bullish};

crate::indicator! {
    /// A small body at the bottom of a bar with a long upper shadow, below the body before it: buyers tried
    /// for the first time. Read as a bullish reversal after a decline, once the next bar confirms it. The
    /// same bar on top is a shooting star (`cdl_shooting_star`).
    ///
    /// # Formula
    ///
    /// +100 for a short bar with an upper shadow longer than its body and without lower shadow, whose body
    /// gaps below the previous one. 0 otherwise.
    ///
    /// Short is a body shorter than the mean body of the ten bars before it. A shadow shows when it is longer
    /// than a tenth of the mean range of the ten bars before it, and is absent when shorter.
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
    /// let pattern = [[22.0, 22.2, 20.8, 21.0], [20.3, 21.9, 20.28, 20.6]];
    /// let mut stream = CdlInvertedHammer::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLINVERTEDHAMMER`.
    pub struct CdlInvertedHammer("cdl_inverted_hammer", "Inverted Hammer", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_inverted_hammer: Pattern]
    talib CDLINVERTEDHAMMER()
}

impl Pattern for CdlInvertedHammer {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [before, bar] = candles.last();
        bullish(
            all([bar.gaps_below(&before), bar.upper_shadow() > bar.body()])
                && bar.is_short()
                && bar.is_shaven_below(),
        )
    }
}
