//! Upside Gap Two Crows.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// A long white bar, a small black body above it, and a larger black body that covers the small one but
    /// still ends above the white: two crows wait over the market. Read as a bearish reversal.
    ///
    /// # Formula
    ///
    /// −100 when a long white bar is followed by a black one that is not long and whose body gaps above it,
    /// and by a black one whose body covers the second and that closes above the first close. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. When the third bar closes inside the first body
    /// instead, see `cdl_2_crows`. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 23.2, 19.8, 23.0], [24.2, 24.5, 23.8, 24.0], [24.6, 24.8, 23.2, 23.4]];
    /// let mut stream = CdlUpsideGap2Crows::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLUPSIDEGAP2CROWS`.
    pub struct CdlUpsideGap2Crows("cdl_upside_gap_2_crows", "Upside Gap Two Crows", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_upside_gap_2_crows: Pattern]
    talib CDLUPSIDEGAP2CROWS()
}

impl Pattern for CdlUpsideGap2Crows {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        bearish(
            all([
                first.is_white(),
                second.is_black(),
                third.is_black(),
                second.gaps_above(&first),
                third.covers(&second),
                third.close > first.close,
            ]) && first.is_long()
                && !second.is_long(),
        )
    }
}
