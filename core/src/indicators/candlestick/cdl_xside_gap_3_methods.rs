//! Upside/Downside Gap Three Methods.

use crate::kernels::candles::{Candles, Pattern, all, on};

crate::indicator! {
    /// Two bars of one colour with a gap between them, and a third of the other colour that closes the gap.
    /// Closing it is taken as a mere pause, so the first two bars give the direction.
    ///
    /// # Formula
    ///
    /// +100 when two white bars have a gap between their bodies, the second higher, and a black bar opens
    /// inside the second body and closes inside the first. −100 when the same holds upside down. 0 otherwise.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 2: the pattern's three bars.
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
    /// let pattern = [[20.0, 22.2, 19.8, 22.0], [23.0, 24.2, 22.8, 24.0], [23.5, 23.7, 20.8, 21.0]];
    /// let mut stream = CdlXsideGap3Methods::default().stream();
    /// let last = pattern.into_iter().map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Morris, "Candlestick Charting Explained", 1992. Bulkowski, "Encyclopedia of Candlestick Charts", 2008.
    /// TA-Lib `CDLXSIDEGAP3METHODS`.
    pub struct CdlXsideGap3Methods("cdl_xside_gap_3_methods", "Upside/Downside Gap Three Methods", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_xside_gap_3_methods: Pattern]
    talib CDLXSIDEGAP3METHODS()
}

impl Pattern for CdlXsideGap3Methods {
    const LOOKBACK: usize = 2;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, second, third]) = candles.with_white(0);
        on(
            side,
            all([
                second.is_white(),
                third.is_black(),
                second.gaps_above(&first),
                second.body_holds(third.open),
                first.body_holds(third.close),
            ]),
        )
    }
}
