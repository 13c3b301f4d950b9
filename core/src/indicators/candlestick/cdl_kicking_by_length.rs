//! Kicking by Length.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// Two long bare bodies of opposite colours with a gap between them, as in kicking (`cdl_kicking`), but
    /// the longer of the two is taken to show where the market goes.
    ///
    /// # Formula
    ///
    /// ±100 when a black marubozu (long, without shadows) is followed by a white one above it, or a white one
    /// by a black one below it: + when the longer body is white, − when it is black. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A shadow shows when it is longer
    /// than a tenth of the mean range of the ten bars before it, and is absent when shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. Of two equal bodies the first counts as the longer.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.05, 20.95, 21.0], [24.6, 28.15, 24.55, 28.1]];
    /// let mut stream = CdlKickingByLength::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLKICKINGBYLENGTH`.
    pub struct CdlKickingByLength("cdl_kicking_by_length", "Kicking by Length", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_kicking_by_length: Pattern]
    talib CDLKICKINGBYLENGTH()
}

impl Pattern for CdlKickingByLength {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second]) = candles.with_white(1);
        on(
            if second.body() > first.body() { side } else { -side },
            all([first.is_black(), second.low > first.high]) && first.is_marubozu() && second.is_marubozu(),
        )
    }
}
