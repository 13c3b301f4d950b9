//! Short Line Candle.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A small body with small shadows: little was traded through and little decided. Read as a pause, with
    /// no direction of its own.
    ///
    /// # Formula
    ///
    /// ±100 (+ for white, − for black) for a short bar whose shadows are each shorter than the usual one, 0
    /// otherwise.
    ///
    /// Short is a body shorter than the mean body of the ten bars before it. The usual shadow is half the
    /// mean of both shadows together over the ten bars before it.
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
    /// let pattern = [[20.0, 20.7, 19.7, 20.4]];
    /// let mut stream = CdlShortLine::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLSHORTLINE`.
    pub struct CdlShortLine("cdl_short_line", "Short Line Candle", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_short_line: Pattern]
    talib CDLSHORTLINE()
}

impl Pattern for CdlShortLine {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        let usual = bar.usual_shadow();
        on(bar.side(), all([bar.is_short(), bar.upper_shadow() < usual, bar.lower_shadow() < usual]))
    }
}
