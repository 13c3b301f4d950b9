//! Distances from the mean, and long sums.

use super::{Delay, Deviations, Simple, Smoothed, Window};

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
        let sum = older.iter().chain(newer).fold(0.0, |sum, value| sum + (value - mean).abs());
        Some([mean, sum / self.period as f64])
    }
}

/// How many windows are summed side by side.
const SIDE_BY_SIDE: usize = 8;

impl MeanDeviation {
    /// Takes many values, a chunk at most, once the window is full, and writes mean and mean deviation: as
    /// [`update`](Self::update) on each. Several windows are summed side by side.
    pub(crate) fn run(&mut self, x: &[f64], means: &mut [f64], deviations: &mut [f64]) {
        // The values before these, then these.
        let (older, newer) = self.past.runs();
        let series = [older, newer, x].concat();
        self.mean.run(x, means);
        let (rows, rest) = deviations.as_chunks_mut::<SIDE_BY_SIDE>();
        let (row_means, rest_means) = means.as_chunks::<SIDE_BY_SIDE>();
        let done = rows.len() * SIDE_BY_SIDE;
        // The window of row 0 begins at 1: the oldest value has just left it.
        for ((sums, means), first) in rows.iter_mut().zip(row_means).zip((1..).step_by(SIDE_BY_SIDE)) {
            let mut folds = [0.0; SIDE_BY_SIDE];
            for values in series[first..first + SIDE_BY_SIDE + self.period - 1].windows(SIDE_BY_SIDE) {
                for ((fold, value), mean) in folds.iter_mut().zip(values).zip(means) {
                    *fold += (value - mean).abs();
                }
            }
            *sums = folds.map(|sum| sum / self.period as f64);
        }
        for ((sum, mean), first) in rest.iter_mut().zip(rest_means).zip(1 + done..) {
            let window = &series[first..first + self.period];
            *sum = window.iter().fold(0.0, |sum, value| sum + (value - mean).abs()) / self.period as f64;
        }
        for value in x {
            self.past.push(*value);
        }
    }
}

crate::state! {
    /// Dorsey's: the share of standard deviation that falls on rising bars.
    pub(crate) struct RelativeVolatility {
        deviation: usize,
        /// The previous value.
        before: Option<f64>,
        window: Window<Deviations>,
        up: Smoothed,
        down: Smoothed,
    }
}

impl RelativeVolatility {
    pub(crate) fn new(period: usize, deviation: usize) -> Self {
        Self {
            deviation,
            before: None,
            window: Window::new(deviation),
            up: Smoothed::wilder(period),
            down: Smoothed::wilder(period),
        }
    }

    /// Takes the next value; 0 to 100, 50 when nothing has moved.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let before = self.before.replace(x).unwrap_or(x);
        let (_, deviation) = self.window.push(x)?.mean_and_deviation(self.deviation);
        let (rises, falls) = (x > before, x < before);
        let up = self.up.update(if rises { deviation } else { 0.0 });
        let down = self.down.update(if falls { deviation } else { 0.0 });
        let (up, total) = (up?, up? + down?);
        Some(if total > 0.0 { 100.0 * (up / total) } else { 50.0 })
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
