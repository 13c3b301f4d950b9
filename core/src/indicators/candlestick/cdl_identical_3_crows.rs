//! Identical Three Crows.

use crate::kernels::candles::{Candles, Pattern, all, bearish, within};

crate::indicator! {
    /// Three black bars, each opening at the close before it: selling without a pause. Read as a bearish
    /// reversal, like three black crows (`cdl_3_black_crows`) and steeper.
    ///
    /// # Formula
    ///
    /// −100 when three black bars without lower shadow close ever lower, the second and third opening at a
    /// price equal to the previous close. 0 otherwise.
    ///
    /// A shadow shows when it is longer than a tenth of the mean range of the ten bars before it, and is
    /// absent when shorter. Equal is within a twentieth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The open may differ from the close before by up to
    /// the distance that counts as equal, either way. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[26.0, 26.2, 23.98, 24.0], [24.0, 24.1, 21.98, 22.0], [22.0, 22.1, 19.98, 20.0]];
    /// let mut stream = CdlIdentical3Crows::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLIDENTICAL3CROWS`.
    pub struct CdlIdentical3Crows("cdl_identical_3_crows", "Identical Three Crows", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_identical_3_crows: Pattern]
    talib CDLIDENTICAL3CROWS()
}

impl Pattern for CdlIdentical3Crows {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        bearish(
            all([
                first.is_black(),
                second.is_black(),
                third.is_black(),
                first.close > second.close,
                second.close > third.close,
            ]) && within(second.open, first.equal(), first.close)
                && within(third.open, second.equal(), second.close)
                && first.is_shaven_below()
                && second.is_shaven_below()
                && third.is_shaven_below(),
        )
    }
}
