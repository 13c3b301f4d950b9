//! Trend Trigger Factor.

use crate::kernels::{Delay, Range};
use crate::{Indicator, Update};

crate::indicator! {
    /// Buying against selling power, each the reach from one stretch of bars to the next: an up-trend above 100, a
    /// down-trend below -100.
    ///
    /// # Formula
    ///
    /// `buy = highest high of the last period bars - lowest low of the period bars before`, `sell = highest high of
    /// those before - lowest low of the last`; `ttf = 200 · (buy - sell) / (buy + sell)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where there is no range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Ttf::new(1)?.compute([&[2.0, 4.0], &[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 400.0); // 3 against -1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Pee, "Trend Trigger Factor", Technical Analysis of Stocks & Commodities 22:12, 2004.
    pub struct Ttf("ttf", "Trend Trigger Factor", Momentum) {
        /// Window in bars.
        period: usize = 15, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [ttf: Line]
}

impl Indicator for Ttf {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = TtfState;

    fn lookback(&self) -> usize {
        2 * self.period - 1
    }

    fn state(&self) -> TtfState {
        TtfState {
            range: Range::new(self.period),
            earlier: [Delay::new(self.period), Delay::new(self.period)],
        }
    }
}

crate::state! {
    /// State of [`Ttf`].
    pub struct TtfState {
        range: Range,
        /// Highest and lowest.
        earlier: [Delay; 2],
    }
}

impl Update for TtfState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let [highest, lowest] = self.range.update(high, low)?;
        let [highs, lows] = &mut self.earlier;
        let (past_highest, past_lowest) = (highs.push(highest), lows.push(lowest));
        let (buy, sell) = (highest - past_lowest?, past_highest? - lowest);
        Some([if buy + sell > 0.0 { 200.0 * ((buy - sell) / (buy + sell)) } else { 0.0 }])
    }
}
