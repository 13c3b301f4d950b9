//! Leader of the Exponential Moving Average.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// An exponential average, plus the average of what the price is ahead of it: it leads the plain average into a
    /// trend.
    ///
    /// # Formula
    ///
    /// `e = ema(x, period)`, `leader = e + ema(x - e, period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · (period - 1)`.
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
    /// let mut out = [0.0; 3];
    /// Leader::new(2)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0); // no lag on a straight line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Siligardos, "Leader of the MACD", Technical Analysis of Stocks & Commodities 26:7, 2008.
    pub struct Leader("leader", "Leader of the Exponential Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 21, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [leader: Line]
}

impl Indicator for Leader {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LeaderState;

    fn lookback(&self) -> usize {
        2 * (self.period - 1)
    }

    fn state(&self) -> LeaderState {
        LeaderState { average: Smoothed::exponential(self.period), ahead: Smoothed::exponential(self.period) }
    }
}

crate::state! {
    /// State of [`Leader`].
    pub struct LeaderState {
        average: Smoothed,
        ahead: Smoothed,
    }
}

impl Update for LeaderState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let average = self.average.update(x)?;
        self.ahead.update(x - average).map(|ahead| [average + ahead])
    }
}
