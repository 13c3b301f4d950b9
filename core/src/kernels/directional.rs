//! Wilder's directional movement.

use crate::MovementSeed;

use super::{Smoothed, true_range};

crate::state! {
    /// Running sums of movement up and down and of the true range: the first values plainly, as many as the seed
    /// says, then each bar takes off a `period`-th.
    pub(crate) struct Directional {
        rate: f64,
        full: bool,
        /// Bars still to be summed before the sums begin to decay.
        seed: usize,
        /// High, low and close of the previous bar.
        previous: Option<[f64; 3]>,
        up: f64,
        down: f64,
        range: f64,
    }
}

/// The sums after a bar.
pub(crate) struct Sums {
    pub(crate) up: f64,
    pub(crate) down: f64,
    pub(crate) range: f64,
    /// Whether `period` movements are in them.
    pub(crate) whole: bool,
}

impl Sums {
    /// The directional movement index; `None` where it is not defined.
    ///
    /// The range cancels from the formula: one division instead of three.
    #[inline]
    pub(crate) fn index(&self) -> Option<f64> {
        let total = self.up + self.down;
        let moves = (self.range > 0.0) & (100.0 * total >= 1e-14 * self.range);
        moves.then(|| 100.0 * ((self.up - self.down).abs() / total))
    }
}

impl Directional {
    pub(crate) fn new(period: usize, seed: MovementSeed) -> Self {
        let full = seed == MovementSeed::Full;
        Self {
            rate: 1.0 / period as f64,
            full,
            seed: if full { period } else { period.saturating_sub(1) },
            previous: None,
            up: 0.0,
            down: 0.0,
            range: 0.0,
        }
    }

    /// Takes the next bar; the sums, once their seed is complete.
    #[inline]
    pub(crate) fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<Sums> {
        let [previous_high, previous_low, previous_close] = self.previous.replace([high, low, close])?;
        let (rise, fall) = (high - previous_high, previous_low - low);
        // `&`, not `&&`: which side moves further is a coin toss, so a branch would be mispredicted half the time.
        let up = if (rise > fall) & (rise > 0.0) { rise } else { 0.0 };
        let down = if (fall > rise) & (fall > 0.0) { fall } else { 0.0 };
        let range = true_range(previous_close, high, low);
        let decayed = self.seed == 0;
        let decay = if decayed { self.rate } else { 0.0 };
        self.up += up - self.up * decay;
        self.down += down - self.down * decay;
        self.range += range - self.range * decay;
        self.seed = self.seed.saturating_sub(1);
        let whole = decayed | self.full;
        (self.seed == 0).then_some(Sums { up: self.up, down: self.down, range: self.range, whole })
    }
}

crate::state! {
    /// Wilder's average of the directional movement index.
    pub(crate) struct DirectionalAverage {
        directional: Directional,
        average: Smoothed,
    }
}

impl DirectionalAverage {
    pub(crate) fn new(period: usize, seed: MovementSeed) -> Self {
        Self { directional: Directional::new(period, seed), average: Smoothed::wilder(period) }
    }

    /// Takes the next bar; the average once `period` indices are in it. A bar without one leaves it as it was, and
    /// counts as 0 before.
    #[inline]
    pub(crate) fn update(&mut self, bar: [f64; 3]) -> Option<f64> {
        let sums = self.directional.update(bar).filter(|sums| sums.whole)?;
        match (sums.index(), self.average.value()) {
            (None, Some(average)) => Some(average),
            (index, _) => self.average.update(index.unwrap_or(0.0)),
        }
    }
}
