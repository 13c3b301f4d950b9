//! Connors RSI.

use crate::kernels::{RelativeStrength, Sorted, percent_change};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The mean of three 0 to 100 readings: a short RSI, the RSI of the run of rising or falling closes, and the rank
    /// of the last change.
    ///
    /// # Formula
    ///
    /// `crsi = (rsi(x, period) + rsi(run, streak) + rank) / 3`; `run` counts the consecutive rises (positive) or falls
    /// (negative), 0 on an equal close; `rank` is the share of the `rank` changes before, in per cent of price, that
    /// are below the last
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(period, streak, rank + 1)`.
    ///
    /// # Edge cases
    ///
    /// An RSI of what has not moved is 50. A change from a price of 0 counts as 0. Each bar is compared with the `rank`
    /// changes before it one by one: a bar costs the more, the larger `rank` is.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Crsi::new(2, 2, 2)?.compute([&[1.0, 2.0, 3.0, 4.0]], [&mut out])?;
    /// assert!((out[3] - 200.0 / 3.0).abs() < 1e-12); // 100, 100 and 0: the rises get smaller
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Connors and Alvarez, "An Introduction to ConnorsRSI", 2012.
    pub struct Crsi("crsi", "Connors RSI", Momentum) {
        /// Length of the price's RSI in bars.
        period: usize = 3, 2..=100_000;
        /// Length of the run's RSI in bars.
        streak: usize = 2, 2..=100_000;
        /// How many changes the last is compared with.
        rank: usize = 100, 1..=100_000;
    }
    inputs [Close]
    outputs pane [crsi: Line]
}

impl Indicator for Crsi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CrsiState;

    fn lookback(&self) -> usize {
        self.period.max(self.streak).max(self.rank + 1)
    }

    fn state(&self) -> CrsiState {
        CrsiState {
            rank: self.rank,
            before: None,
            run: 0.0,
            strength: RelativeStrength::new(self.period),
            run_strength: RelativeStrength::new(self.streak),
            changes: Sorted::new(self.rank + 1),
        }
    }
}

crate::state! {
    /// State of [`Crsi`].
    pub struct CrsiState {
        rank: usize,
        /// The previous value.
        before: Option<f64>,
        run: f64,
        strength: RelativeStrength,
        run_strength: RelativeStrength,
        changes: Sorted,
    }
}

impl Update for CrsiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let before = self.before.replace(x);
        let past = before.unwrap_or(x);
        self.run = if x > past {
            num::max(self.run, 0.0) + 1.0
        } else if x < past {
            num::min(self.run, 0.0) - 1.0
        } else {
            0.0
        };
        let (strength, run) = (self.strength.update(x), self.run_strength.update(self.run));
        let change = percent_change(before?, x);
        let sorted = self.changes.push(change, self.rank.saturating_add(1))?;
        let below = sorted.partition_point(|value| *value < change);
        Some([(strength? + run? + 100.0 * below as f64 / self.rank as f64) / 3.0])
    }
}
