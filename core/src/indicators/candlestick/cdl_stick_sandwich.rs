//! Stick Sandwich.

use crate::kernels::candles::{Candles, Pattern, all, bullish, within};

crate::indicator! {
    /// A white bar between two black ones that close at the same price: the close was tested twice and held.
    /// Read as support and a bullish reversal.
    ///
    /// # Formula
    ///
    /// +100 when a black bar is followed by a white one that trades wholly above the first close, and by a
    /// black one with a close equal to the first. 0 otherwise.
    ///
    /// Equal is within a twentieth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 7: the pattern's three bars and the five before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The third close is compared with the first by what
    /// counts as equal before the first bar. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 5];
    /// let pattern = [[23.0, 23.2, 20.8, 21.0], [21.5, 23.2, 21.3, 23.0], [23.2, 23.4, 20.8, 21.05]];
    /// let mut stream = CdlStickSandwich::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLSTICKSANDWICH`.
    pub struct CdlStickSandwich("cdl_stick_sandwich", "Stick Sandwich", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_stick_sandwich: Pattern]
    talib CDLSTICKSANDWICH()
}

impl Pattern for CdlStickSandwich {
    const LOOKBACK: usize = 7;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        bullish(
            all([first.is_black(), second.is_white(), third.is_black(), second.low > first.close])
                && within(third.close, first.equal(), first.close),
        )
    }
}
