//! Three Inside Up/Down.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// A harami and its confirmation: a small body inside a long one, then a bar that breaks out past the
    /// long bar's open. Read as a reversal of the long bar's direction, up after a black one, down after a
    /// white one.
    ///
    /// # Formula
    ///
    /// +100 (up) when a long black bar's body covers the next one, which is not long, and the third bar is
    /// white and closes above the first one's open. −100 (down) when the same holds upside down. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The small body must stay clear of both ends of the
    /// long one; its colour does not matter. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 19.8, 20.0], [21.0, 21.8, 20.8, 21.6], [21.7, 24.7, 21.5, 24.5]];
    /// let mut stream = Cdl3Inside::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDL3INSIDE`.
    pub struct Cdl3Inside("cdl_3_inside", "Three Inside Up/Down", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_3_inside: Pattern]
    talib CDL3INSIDE()
}

impl Pattern for Cdl3Inside {
    const LOOKBACK: usize = 12;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second, third]) = candles.with_white(2);
        on(
            side,
            all([first.is_black(), third.close > first.open, first.covers(&second)])
                && first.is_long()
                && !second.is_long(),
        )
    }
}
