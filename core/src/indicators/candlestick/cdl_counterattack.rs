//! Counterattack.

use crate::kernels::candles::{Candles, Pattern, on, within};

crate::indicator! {
    /// Two long bars of opposite colours that meet at the same close: the market opens far away in the
    /// direction of the trend and comes all the way back. Also called meeting lines. Read as a reversal in
    /// the direction of the second bar.
    ///
    /// # Formula
    ///
    /// +100 when a long black bar is followed by a long white one with an equal close, −100 when a long white
    /// bar is followed by a long black one with an equal close, 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. Equal is within a twentieth of the
    /// mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The close may differ by up to the distance that
    /// counts as equal, either way. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[26.0, 26.2, 22.8, 23.0], [20.0, 23.2, 19.8, 23.05]];
    /// let mut stream = CdlCounterattack::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLCOUNTERATTACK`.
    pub struct CdlCounterattack("cdl_counterattack", "Counterattack", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_counterattack: Pattern]
    talib CDLCOUNTERATTACK()
}

impl Pattern for CdlCounterattack {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second]) = candles.with_white(1);
        on(
            side,
            first.is_black()
                && within(second.close, first.equal(), first.close)
                && first.is_long()
                && second.is_long(),
        )
    }
}
