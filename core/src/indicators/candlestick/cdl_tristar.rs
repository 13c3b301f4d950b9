//! Tristar.

use crate::kernels::candles::{Candles, Pattern, on};

crate::indicator! {
    /// Three doji in a row, the middle one standing apart: a trend that has lost all conviction. Read as a
    /// reversal, bearish with the middle one on top, bullish with it at the bottom; rare.
    ///
    /// # Formula
    ///
    /// −100 when, of three doji, the second body gaps above the first and the third body's upper end is lower
    /// than the second's; +100 when the second body gaps below the first and the third body's lower end is
    /// higher than the second's; 0 otherwise. All three are measured against the ten bars before the first.
    ///
    /// A doji has a body of at most a tenth of the mean range of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// No gap is asked for between the second and the third. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 20.5, 19.5, 20.05], [21.0, 21.5, 20.6, 21.05], [20.5, 20.9, 20.1, 20.55]];
    /// let mut stream = CdlTristar::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Bulkowski, "Encyclopedia of Candlestick
    /// Charts", 2008. TA-Lib `CDLTRISTAR`.
    pub struct CdlTristar("cdl_tristar", "Tristar", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_tristar: Pattern]
    talib CDLTRISTAR()
}

impl Pattern for CdlTristar {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        let tops = second.gaps_above(&first) && third.top() < second.top();
        let bottoms = second.gaps_below(&first) && third.bottom() > second.bottom();
        on(
            if bottoms { 1.0 } else { -1.0 },
            (tops || bottoms)
                && first.is_doji()
                && second.body() <= first.sliver()
                && third.body() <= first.sliver(),
        )
    }
}
