//! Distances from the mean, and long sums.

use super::{Delay, Simple};

crate::state! {
    /// The mean of a window and the mean distance of its values from it.
    pub(crate) struct MeanDeviation {
        period: usize,
        mean: Simple,
        past: Delay,
    }
}

impl MeanDeviation {
    pub(crate) fn new(period: usize) -> Self {
        Self { period, mean: Simple::new(period), past: Delay::new(period) }
    }

    /// Takes the next value; mean and mean deviation, once the window is full.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<[f64; 2]> {
        self.past.push(x);
        let mean = self.mean.update(x)?;
        let (older, newer) = self.past.runs();
        let sum = |run: &[f64]| run.iter().map(|value| (value - mean).abs()).sum::<f64>();
        Some([mean, (sum(older) + sum(newer)) / self.period as f64])
    }
}

crate::state! {
    /// A running total that keeps what rounding takes off (Neumaier).
    #[derive(Default)]
    pub(crate) struct Compensated {
        sum: f64,
        lost: f64,
    }
}

impl Compensated {
    /// Adds a value; the total.
    #[inline]
    pub(crate) fn add(&mut self, x: f64) -> f64 {
        let sum = self.sum + x;
        self.lost += if self.sum.abs() >= x.abs() { (self.sum - sum) + x } else { (x - sum) + self.sum };
        self.sum = sum;
        sum + self.lost
    }
}
