//! Belt Hold.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A long bar that opens at its extreme and never looks back: a white one from its low, a black one from
    /// its high. Read as a turn in the bar's direction, the more so after a long move the other way.
    ///
    /// # Formula
    ///
    /// +100 for a long white bar without lower shadow, −100 for a long black bar without upper shadow, 0
    /// otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A shadow shows when it is longer
    /// than a tenth of the mean range of the ten bars before it, and is absent when shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: the bar is measured against the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The shadow at the close may have any length. Always
    /// 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.3, 19.98, 23.0]];
    /// let mut stream = CdlBeltHold::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLBELTHOLD`.
    pub struct CdlBeltHold("cdl_belt_hold", "Belt Hold", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_belt_hold: Pattern]
    talib CDLBELTHOLD()
}

impl Pattern for CdlBeltHold {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [bar]) = candles.with_white(0);
        on(side, all([bar.is_shaven_below(), bar.is_long()]))
    }
}
