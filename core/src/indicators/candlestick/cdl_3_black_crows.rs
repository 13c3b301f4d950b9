//! Three Black Crows.

use crate::kernels::candles::{Candles, Pattern, all, bearish};

crate::indicator! {
    /// Three black bars in a row, each opening inside the body before it and closing near its own low: three
    /// days of steady selling. Read as a bearish reversal after an advance.
    ///
    /// # Formula
    ///
    /// −100 when, after a white bar whose high is above the first crow's close, three black bars without
    /// lower shadow each close lower than the one before, the second and third opening inside the previous
    /// body. 0 otherwise.
    ///
    /// A shadow shows when it is longer than a tenth of the mean range of the ten bars before it, and is
    /// absent when shorter.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 13: the pattern's four bars and the ten before.
    ///
    /// # Edge cases
    ///
    /// A bar that closes where it opened counts as white. The crows need not be long. Always 0 on a flat
    /// series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 10];
    /// let pattern = [
    ///     [20.0, 24.0, 19.8, 23.5],
    ///     [23.0, 23.2, 21.0, 21.05],
    ///     [22.5, 22.6, 19.95, 20.0],
    ///     [21.5, 21.6, 18.45, 18.5],
    /// ];
    /// let mut stream = Cdl3BlackCrows::default().stream();
    /// let last = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).last();
    /// assert_eq!(last, Some(Some([-100.0])));
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Japanese Candlestick Charting Techniques", 1991. Morris, "Candlestick Charting Explained",
    /// 1992. TA-Lib `CDL3BLACKCROWS`.
    pub struct Cdl3BlackCrows("cdl_3_black_crows", "Three Black Crows", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_3_black_crows: Pattern]
    talib CDL3BLACKCROWS()
}

impl Pattern for Cdl3BlackCrows {
    const LOOKBACK: usize = 13;

    #[inline]
    fn rule(&self, candles: &Candles) -> f64 {
        let [before, first, second, third] = candles.last();
        bearish(
            all([
                before.is_white(),
                first.is_black(),
                second.is_black(),
                third.is_black(),
                first.body_holds(second.open),
                second.body_holds(third.open),
                before.high > first.close,
                first.close > second.close,
                second.close > third.close,
            ]) && first.is_shaven_below()
                && second.is_shaven_below()
                && third.is_shaven_below(),
        )
    }
}
