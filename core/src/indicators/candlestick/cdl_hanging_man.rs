//! Hanging Man.

use crate::kernels::candles::{Candles, Pattern, bearish};

crate::indicator! {
    /// A small body at the top of a bar with a long lower shadow, at the high end of the market: for a moment
    /// the floor gave way. Read as a bearish warning after an advance. The same bar at the low end is a
    /// hammer (`cdl_hammer`).
    ///
    /// # Formula
    ///
    /// −100 for a short bar with a lower shadow longer than its body and without upper shadow, whose body's
    /// lower end is above or near the previous high. 0 otherwise.
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
    /// let pattern = [[20.0, 22.2, 19.8, 22.0], [22.4, 22.85, 20.5, 22.8]];
    /// let mut stream = CdlHangingMan::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLHANGINGMAN`.
    pub struct CdlHangingMan("cdl_hanging_man", "Hanging Man", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_hanging_man: Pattern]
    talib CDLHANGINGMAN()
}

impl Pattern for CdlHangingMan {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [before, bar] = candles.last();
        bearish(
            bar.lower_shadow() > bar.body()
                && bar.bottom() >= before.high - before.near()
                && bar.is_short()
                && bar.is_shaven_above(),
        )
    }
}
