//! Spinning Top.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A small body with longer shadows on both sides: a tug of war that nobody won. Read as indecision, a
    /// warning within a trend.
    ///
    /// # Formula
    ///
    /// ±100 (+ for white, − for black) for a short bar whose shadows are each longer than its body, 0
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
    /// let pattern = [[20.0, 20.9, 19.4, 20.4]];
    /// let mut stream = CdlSpinningTop::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLSPINNINGTOP`.
    pub struct CdlSpinningTop("cdl_spinning_top", "Spinning Top", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_spinning_top: Pattern]
    talib CDLSPINNINGTOP()
}

impl Pattern for CdlSpinningTop {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [bar] = candles.last();
        let body = bar.body();
        on(bar.side(), all([bar.upper_shadow() > body, bar.lower_shadow() > body, bar.is_short()]))
    }
}
