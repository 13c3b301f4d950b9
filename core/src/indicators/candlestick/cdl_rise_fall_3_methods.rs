//! Rising/Falling Three Methods.

use crate::kernels::candles::{Bar, Candles, Pattern, all, on};

crate::indicator! {
    /// A long bar, three small ones that drift against it without leaving its range, and a second long bar
    /// that resumes the move: a rest within a trend. Read as continuation, up after white, down after black.
    ///
    /// # Formula
    ///
    /// +100 (rising) when a long white bar is followed by three short black ones that close ever lower and
    /// whose bodies overlap the first bar's range, and by a long white bar that opens above the previous
    /// close and closes above the first close. −100 (falling) when the same holds upside down. 0 otherwise.
    ///
    /// Long or short is a body longer or shorter than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 14: the pattern's five bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The small bodies need only overlap the first range,
    /// not lie inside it. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [
    ///     [20.0, 24.2, 19.8, 24.0],
    ///     [23.6, 23.8, 22.9, 23.1],
    ///     [23.0, 23.2, 22.3, 22.5],
    ///     [22.4, 22.6, 21.7, 21.9],
    ///     [22.2, 25.0, 22.0, 24.8],
    /// ];
    /// let mut stream = CdlRiseFall3Methods::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLRISEFALL3METHODS`.
    pub struct CdlRiseFall3Methods("cdl_rise_fall_3_methods", "Rising/Falling Three Methods", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_rise_fall_3_methods: Pattern]
    talib CDLRISEFALL3METHODS()
}

impl Pattern for CdlRiseFall3Methods {
    const LOOKBACK: usize = 14;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second, third, fourth, last]) = candles.with_white(4);
        let rest = [second, third, fourth];
        on(
            side,
            all([
                first.is_white(),
                third.close < second.close,
                fourth.close < third.close,
                last.open > fourth.close,
                last.close > first.close,
            ]) && rest.iter().all(Bar::is_black)
                && rest.iter().all(|bar| bar.bottom() < first.high && bar.top() > first.low)
                && first.is_long()
                && rest.iter().all(Bar::is_short)
                && last.is_long(),
        )
    }
}
