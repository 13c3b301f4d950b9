//! Up/Down-Gap Side-by-Side White Lines.

use crate::kernels::candles::{Candles, Pattern, all, on, within};

crate::indicator! {
    /// Two white bars of like size stand side by side beyond a gap that neither closes. Above the gap they
    /// confirm a rise; below it they are short covering that fails to close the gap, and the fall is read to
    /// go on.
    ///
    /// # Formula
    ///
    /// +100 when two white bars with equal opens and bodies of nearly the same length both gap above the body
    /// before them, −100 when both gap below it, 0 otherwise.
    ///
    /// Near is a fifth of the mean range of the five bars before. Equal is within a twentieth of that range.
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
    /// let pattern = [[20.0, 21.5, 19.8, 21.0], [22.0, 23.2, 21.8, 23.0], [22.05, 23.2, 21.8, 23.1]];
    /// let mut stream = CdlGapSideSideWhite::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLGAPSIDESIDEWHITE`.
    pub struct CdlGapSideSideWhite("cdl_gap_side_side_white", "Up/Down-Gap Side-by-Side White Lines", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_gap_side_side_white: Pattern]
    talib CDLGAPSIDESIDEWHITE()
}

impl Pattern for CdlGapSideSideWhite {
    const LOOKBACK: usize = 7;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [first, second, third] = candles.last();
        let above = second.gaps_above(&first) && third.gaps_above(&first);
        let below = second.gaps_below(&first) && third.gaps_below(&first);
        on(
            if above { 1.0 } else { -1.0 },
            all([above || below, second.is_white(), third.is_white()])
                && within(third.body(), second.near(), second.body())
                && within(third.open, second.equal(), second.open),
        )
    }
}
