//! Closing Marubozu.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A long bar that closes at its extreme: a white one at its high, a black one at its low. Whoever pushed
    /// was still pushing at the close, so it is read as strength in the bar's direction.
    ///
    /// # Formula
    ///
    /// +100 for a long white bar without upper shadow, −100 for a long black bar without lower shadow, 0
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
    /// A bar that closes where it opened counts as white. The shadow at the open may have any length. Always
    /// 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.02, 19.4, 23.0]];
    /// let mut stream = CdlClosingMarubozu::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLCLOSINGMARUBOZU`.
    pub struct CdlClosingMarubozu("cdl_closing_marubozu", "Closing Marubozu", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_closing_marubozu: Pattern]
    talib CDLCLOSINGMARUBOZU()
}

impl Pattern for CdlClosingMarubozu {
    const LOOKBACK: usize = 10;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [bar]) = candles.with_white(0);
        on(side, all([bar.is_shaven_above(), bar.is_long()]))
    }
}
