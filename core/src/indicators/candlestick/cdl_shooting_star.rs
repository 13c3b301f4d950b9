//! Shooting Star.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// A small body at the bottom of a bar with a long upper shadow, above the body before it: the rally
    /// reached up and was thrown back. Read as a bearish warning after an advance. The same bar below is an
    /// inverted hammer (`cdl_inverted_hammer`).
    ///
    /// # Formula
    ///
    /// −100 for a short bar with an upper shadow longer than its body and without lower shadow, whose body
    /// gaps above the previous one. 0 otherwise.
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
    /// let pattern = [[20.0, 22.2, 19.8, 22.0], [22.5, 24.1, 22.48, 22.8]];
    /// let mut stream = CdlShootingStar::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLSHOOTINGSTAR`.
    pub struct CdlShootingStar("cdl_shooting_star", "Shooting Star", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_shooting_star: Pattern]
    talib CDLSHOOTINGSTAR()
}

impl Pattern for CdlShootingStar {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [before, bar] = candles.last();
        bearish(
            all([bar.gaps_above(&before), bar.upper_shadow() > bar.body()])
                && bar.is_short()
                && bar.is_shaven_below(),
        )
    }
}
