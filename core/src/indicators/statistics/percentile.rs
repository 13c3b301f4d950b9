//! Rolling Percentile.

use crate::kernels::Sorted;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The value below which a share of the last `period` values lies.
    ///
    /// # Formula
    ///
    /// The `⌈percentile / 100 · period⌉`-th smallest value of the window (the smallest for 0)
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Always one of the values. Each bar costs a search and a move within the sorted window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Percentile::new(3, 50.0)?.compute([&[5.0, 1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996, definition 1. TA-Lib `PERCENTILE`.
    pub struct Percentile("percentile", "Rolling Percentile", Statistics) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
        /// Share in per cent.
        percentile: f64 = 50.0, 0.0..=100.0;
    }
    inputs [Close]
    outputs overlay [percentile: Line]
    talib PERCENTILE(period: timeperiod, percentile: percentile)
}

impl Indicator for Percentile {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PercentileState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> PercentileState {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to the period
        let rank = num::ceil(self.percentile / 100.0 * self.period as f64) as usize;
        PercentileState {
            period: self.period,
            rank: rank.saturating_sub(1),
            window: Sorted::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Percentile`].
    pub struct PercentileState {
        period: usize,
        /// Of the wanted value in the sorted window, from 0.
        rank: usize,
        window: Sorted,
    }
}

impl Update for PercentileState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let sorted = self.window.push(x, self.period)?;
        sorted.get(self.rank).or(sorted.last()).map(|value| [*value])
    }
}
