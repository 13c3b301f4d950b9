//! Kicking.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// Two long bare bodies of opposite colours with a gap between them: the market turns on its heel. Read
    /// as a strong signal in the direction of the second bar.
    ///
    /// # Formula
    ///
    /// +100 when a black marubozu (long, without shadows) is followed by a white one whose low is above the
    /// first high, −100 when a white marubozu is followed by a black one whose high is below the first low, 0
    /// otherwise.
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
    /// A bar that closes where it opened counts as white. Ranges that touch are no gap. Always 0 on a flat
    /// series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.05, 20.95, 21.0], [24.6, 27.65, 24.55, 27.6]];
    /// let mut stream = CdlKicking::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLKICKING`.
    pub struct CdlKicking("cdl_kicking", "Kicking", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_kicking: Pattern]
    talib CDLKICKING()
}

impl Pattern for CdlKicking {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second]) = candles.with_white(1);
        on(
            side,
            all([first.is_black(), second.low > first.high]) && first.is_marubozu() && second.is_marubozu(),
        )
    }
}
