//! Two Crows.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// A long rise, then two black bars that first hover above it and then fall back into it: the rally was
    /// sold twice. Read as a bearish reversal at the end of an advance.
    ///
    /// # Formula
    ///
    /// −100 when a long white bar is followed by a black one whose body gaps above the first body, and by a
    /// black one that opens inside the second body and closes inside the first. 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 12: the pattern's three bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. Touching an end of a body is not being inside it.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[20.0, 24.2, 19.8, 24.0], [25.5, 25.8, 24.6, 24.8], [25.0, 25.1, 21.8, 22.0]];
    /// let mut stream = Cdl2Crows::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDL2CROWS`.
    pub struct Cdl2Crows("cdl_2_crows", "Two Crows", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_2_crows: Pattern]
    talib CDL2CROWS()
}

impl Pattern for Cdl2Crows {
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
                second.body_holds(third.open),
                first.body_holds(third.close),
            ]) && first.is_long(),
        )
    }
}
