//! Three Outside Up/Down.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// An engulfing pattern and its confirmation: a body swallows the one before it, and the next bar closes
    /// further the same way. Read as a reversal in the direction of the last two bars.
    ///
    /// # Formula
    ///
    /// +100 (up) when a white body covers the black body before it and the third bar closes above the second
    /// close. −100 (down) when a black body covers a white one and the third bar closes below the second
    /// close. 0 otherwise.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 3, one later than the pattern needs, as in TA-Lib.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. Both ends of the first body must be passed;
    /// `cdl_engulfing` lets one touch. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]];
    /// let pattern = [[21.0, 21.2, 19.8, 20.0], [19.5, 22.2, 19.3, 22.0], [22.0, 23.7, 21.8, 23.5]];
    /// let mut stream = Cdl3Outside::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDL3OUTSIDE`.
    pub struct Cdl3Outside("cdl_3_outside", "Three Outside Up/Down", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_3_outside: Pattern]
    talib CDL3OUTSIDE()
}

impl Pattern for Cdl3Outside {
    const LOOKBACK: usize = 3;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second, third]) = candles.with_white(1);
        on(side, all([first.is_black(), second.covers(&first), third.close > second.close]))
    }
}
