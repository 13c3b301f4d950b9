//! Long Line Candle.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A long body with little shadow: one side ruled the bar from open to close. Read as strength in the
    /// bar's direction.
    ///
    /// # Formula
    ///
    /// ±100 (+ for white, − for black) for a long bar whose shadows are each shorter than the usual one, 0
    /// otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. The usual shadow is half the mean
    /// of both shadows together over the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// For a long body with hardly any shadow see `cdl_marubozu`. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.2, 19.8, 23.0]];
    /// let mut stream = CdlLongLine::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLLONGLINE`.
    pub struct CdlLongLine("cdl_long_line", "Long Line Candle", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_long_line: Pattern]
    talib CDLLONGLINE()
}

impl Pattern for CdlLongLine {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        let usual = bar.usual_shadow();
        on(bar.side(), all([bar.is_long(), bar.upper_shadow() < usual, bar.lower_shadow() < usual]))
    }
}
