//! Tasuki Gap.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A gap in the direction of the trend, and a bar of the other colour that steps into the gap without
    /// closing it. The gap holds, so the trend is read to go on: up for a rising gap, down for a falling one.
    ///
    /// # Formula
    ///
    /// +100 when a white body gaps above the one before it and a black bar opens inside the white body and
    /// closes below it but still above the first body, the two bodies being nearly the same length. −100 when
    /// the same holds upside down. 0 otherwise.
    ///
    /// Near is a fifth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 7: the pattern's three bars and the five before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The bar before the gap may have either colour.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 5];
    /// let pattern = [[20.0, 21.2, 19.8, 21.0], [22.0, 23.2, 21.8, 23.0], [22.5, 22.7, 21.3, 21.5]];
    /// let mut stream = CdlTasukiGap::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLTASUKIGAP`.
    pub struct CdlTasukiGap("cdl_tasuki_gap", "Tasuki Gap", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_tasuki_gap: Pattern]
    talib CDLTASUKIGAP()
}

impl Pattern for CdlTasukiGap {
    const LOOKBACK: usize = 7;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second, third]) = candles.with_white(1);
        on(
            side,
            all([
                third.is_black(),
                second.gaps_above(&first),
                second.body_holds(third.open),
                third.close < second.open,
                third.close > first.top(),
            ]) && (second.body() - third.body()).abs() < second.near(),
        )
    }
}
