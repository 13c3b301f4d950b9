//! Stalled Pattern.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// Two long white bars and then a small one on the shoulder of the second: the advance has come to a
    /// standstill. Also called deliberation. Read as a warning to protect long positions, bearish.
    ///
    /// # Formula
    ///
    /// −100 when three white bars close ever higher, the first two long, the second without upper shadow and
    /// opening above the first open but not far above its close, and the third short and opening no lower
    /// than its own body and the near distance below the second close. 0 otherwise.
    ///
    /// Long or short is a body longer or shorter than the mean body of the ten bars before it. A shadow shows
    /// when it is longer than a tenth of the mean range of the ten bars before it, and is absent when
    /// shorter. Near is a fifth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The third bar may also gap away above the second.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.2, 19.8, 23.0], [22.0, 25.05, 21.8, 25.0], [24.9, 25.6, 24.7, 25.3]];
    /// let mut stream = CdlStalledPattern::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLSTALLEDPATTERN`.
    pub struct CdlStalledPattern("cdl_stalled_pattern", "Stalled Pattern", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_stalled_pattern: Pattern]
    talib CDLSTALLEDPATTERN()
}

impl Pattern for CdlStalledPattern {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        bearish(
            all([first.is_white(), second.is_white(), third.is_white(), third.close > second.close])
                && second.climbs_from(&first)
                && third.open >= second.close - third.body() - second.near()
                && first.is_long()
                && second.is_long()
                && third.is_short()
                && second.is_shaven_above(),
        )
    }
}
