//! High-Wave Candle.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A small body between two very long shadows: the price went far both ways and settled nowhere. Read as
    /// confusion, often seen where a trend is about to change.
    ///
    /// # Formula
    ///
    /// ±100 (+ for white, − for black) for a short bar whose shadows are each longer than twice its body, 0
    /// otherwise.
    ///
    /// Short is a body shorter than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// The sign is only the bar's colour. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 21.5, 18.7, 20.4]];
    /// let mut stream = CdlHighWave::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLHIGHWAVE`.
    pub struct CdlHighWave("cdl_high_wave", "High-Wave Candle", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_high_wave: Pattern]
    talib CDLHIGHWAVE()
}

impl Pattern for CdlHighWave {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        let long = 2.0 * bar.body();
        on(bar.side(), all([bar.upper_shadow() > long, bar.lower_shadow() > long, bar.is_short()]))
    }
}
