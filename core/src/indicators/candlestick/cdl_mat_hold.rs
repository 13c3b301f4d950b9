//! Mat Hold.

use crate::kernels::candles::{Bar, Candles, Pattern, all, bullish};

crate::indicator! {
    /// A long white bar, a pause of three small bars that begins above it and gives back little, and a white
    /// bar to a new high: the rise took a breath. Read as bullish continuation, stronger than rising three
    /// methods (`cdl_rise_fall_3_methods`).
    ///
    /// # Formula
    ///
    /// +100 when a long white bar is followed by a short black one whose body gaps above it; by two more
    /// short bars with ever lower bodies that reach down into the first body but take back less than
    /// `penetration` of it; and by a white bar that opens above the previous close and closes above the highs
    /// of the three. 0 otherwise.
    ///
    /// Long or short is a body longer or shorter than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 14: the pattern's five bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The colours of the third and fourth bars do not
    /// matter. Always 0 on a flat series.
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
    ///     [25.0, 25.2, 24.5, 24.6],
    ///     [24.5, 24.6, 23.6, 23.8],
    ///     [24.2, 24.3, 23.2, 23.4],
    ///     [23.8, 26.2, 23.6, 26.0],
    /// ];
    /// let mut stream = CdlMatHold::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLMATHOLD`.
    pub struct CdlMatHold("cdl_mat_hold", "Mat Hold", Candlestick) {
        /// How much of the first body the later bars take back at most, as a share of it.
        penetration: f64 = 0.5, 0.0..=3e37;
    }
    inputs [Open, High, Low, Close]
    outputs pane [cdl_mat_hold: Pattern]
    talib CDLMATHOLD(penetration: penetration)
}

impl Pattern for CdlMatHold {
    const LOOKBACK: usize = 14;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third, fourth, last] = candles.last();
        let holds =
            |bar: &Bar<'_>| bar.bottom() < first.close && bar.bottom() > first.retraced(self.penetration);
        bullish(
            all([
                first.is_white(),
                second.is_black(),
                last.is_white(),
                second.gaps_above(&first),
                third.top() < second.top(),
                fourth.top() < third.top(),
                last.open > fourth.close,
            ]) && holds(&third)
                && holds(&fourth)
                && [second, third, fourth].iter().all(|bar| last.close > bar.high)
                && first.is_long()
                && [second, third, fourth].iter().all(Bar::is_short),
        )
    }
}
