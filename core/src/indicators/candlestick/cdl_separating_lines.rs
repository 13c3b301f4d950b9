//! Separating Lines.

use crate::kernels::candles::{Candles, Pattern, on, within};

crate::indicator! {
    /// Two bars of opposite colours part from the same open, the second a belt hold (`cdl_belt_hold`): a
    /// pause against the trend is wiped out at the next open. Read as continuation in the direction of the
    /// second bar.
    ///
    /// # Formula
    ///
    /// +100 when a black bar is followed by a long white one with an equal open and without lower shadow,
    /// −100 when a white bar is followed by a long black one with an equal open and without upper shadow, 0
    /// otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A shadow shows when it is longer
    /// than a tenth of the mean range of the ten bars before it, and is absent when shorter. Equal is within
    /// a twentieth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The first bar need not be long. Always 0 on a flat
    /// series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[22.0, 22.2, 19.8, 20.0], [22.0, 25.2, 21.98, 25.0]];
    /// let mut stream = CdlSeparatingLines::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLSEPARATINGLINES`.
    pub struct CdlSeparatingLines("cdl_separating_lines", "Separating Lines", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_separating_lines: Pattern]
    talib CDLSEPARATINGLINES()
}

impl Pattern for CdlSeparatingLines {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second]) = candles.with_white(1);
        on(
            side,
            first.is_black()
                && within(second.open, first.equal(), first.open)
                && second.is_shaven_below()
                && second.is_long(),
        )
    }
}
