//! Percent Rank.

use crate::kernels::Sorted;
use crate::stored::Given;
use crate::{Indicator, Update};

crate::indicator! {
    /// How many of the last `period` values are below the current one, in per cent.
    ///
    /// # Formula
    ///
    /// `percentrank[i] = 100 · |{k : x[i-k] < x[i], 1 ≤ k ≤ period}| / period`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat series. Each bar costs a search and a move within the sorted window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Percentrank::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Connors, "Introduction to Connors RSI", 2012. TA-Lib `PERCENTRANK`.
    pub struct Percentrank("percentrank", "Percent Rank", Statistics) {
        /// Window in bars.
        period: usize = 100, 1..=100_000;
    }
    inputs [Close]
    outputs pane [percentrank: Line]
    talib PERCENTRANK(period: timeperiod)
}

impl Indicator for Percentrank {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PercentrankState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> PercentrankState {
        PercentrankState { period: Given(self.period), window: Sorted::new(self.period + 1) }
    }
}

crate::state! {
    /// State of [`Percentrank`].
    pub struct PercentrankState {
        period: Given,
        window: Sorted,
    }
}

impl Update for PercentrankState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let sorted = self.window.push(x, self.period.0 + 1)?;
        let below = sorted.partition_point(|value| *value < x);
        Some([below as f64 / self.period.0 as f64 * 100.0])
    }
}
