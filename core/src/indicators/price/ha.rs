//! Heikin-Ashi Candles.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Candles of averaged prices: runs of one colour show a trend that single bars hide.
    ///
    /// # Formula
    ///
    /// `close = (open + high + low + close) / 4`, `open` = the middle of the previous Heikin-Ashi body, `high` and
    /// `low` = the extremes of the bar and the body
    ///
    /// # Warm-up
    ///
    /// None; the first open is the middle of the first bar's body. Its influence halves with every bar.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut open, mut high, mut low, mut close] = [[0.0; 2]; 4];
    /// let (x, y) = ([1.0, 3.0], [3.0, 5.0]);
    /// Ha::default().compute([&x, &y, &x, &y], [&mut open, &mut high, &mut low, &mut close])?;
    /// assert_eq!([open[1], high[1], low[1], close[1]], [2.0, 5.0, 2.0, 4.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Valcu, "Using the Heikin-Ashi Technique", Technical Analysis of Stocks & Commodities 22:2, 2004. TA-Lib `HA`.
    pub struct Ha("ha", "Heikin-Ashi Candles", Price) {}
    inputs [Open, High, Low, Close]
    outputs overlay [open: Line, high: Upper, low: Lower, close: Line]
    talib HA()
}

impl Indicator for Ha {
    type In = [f64; 4];
    type Out = [f64; 4];
    type State = HaState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> HaState {
        HaState { body: None }
    }
}

crate::state! {
    /// State of [`Ha`].
    pub struct HaState {
        /// Open and close of the previous candle.
        body: Option<[f64; 2]>,
    }
}

impl Update for HaState {
    type In = [f64; 4];
    type Out = [f64; 4];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 4]> {
        let [before_open, before_close] = self.body.unwrap_or([open, close]);
        let (first, last) = (0.5 * (before_open + before_close), (open + high + low + close) / 4.0);
        self.body = Some([first, last]);
        let (top, bottom) = (num::max(first, last), num::min(first, last));
        Some([first, num::max(high, top), num::min(low, bottom), last])
    }
}
