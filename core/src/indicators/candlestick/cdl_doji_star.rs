//! Doji Star.

use crate::kernels::candles::{Candles, Pattern, on};

crate::indicator! {
    /// A doji that gaps away from a long body: the trend goes on and stalls at once. Read as the first sign
    /// of a reversal, bearish above a white bar, bullish below a black one.
    ///
    /// # Formula
    ///
    /// −100 when a long white bar is followed by a doji whose body gaps above it, +100 when a long black bar
    /// is followed by a doji whose body gaps below it, 0 otherwise.
    ///
    /// Long is a body longer than the mean body of the ten bars before it. A doji has a body of at most a
    /// tenth of the mean range of the ten bars before it.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 11: the pattern's two bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. Only the bodies must be apart; shadows may overlap.
    /// Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [[24.0, 24.2, 20.8, 21.0], [20.4, 20.9, 20.0, 20.45]];
    /// let mut stream = CdlDojiStar::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDLDOJISTAR`.
    pub struct CdlDojiStar("cdl_doji_star", "Doji Star", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_doji_star: Pattern]
    talib CDLDOJISTAR()
}

impl Pattern for CdlDojiStar {
    const LOOKBACK: usize = 11;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let (side, [first, star]) = candles.with_white(0);
        on(-side, star.gaps_above(&first) && first.is_long() && star.is_doji())
    }
}
