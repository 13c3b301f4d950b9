//! Distances from the mean, and long sums.
#![allow(clippy::needless_range_loop)] // an iterator's closures would not have the kernel's vectors

use super::arch::{Isa, Kernel, Number, widest};
use super::{Deviations, Recent, Simple, Smoothed, Window};
use crate::stored::Given;

crate::state! {
    /// The mean of a window and the mean distance of its values from it.
    pub(crate) struct MeanDeviation {
        period: Given,
        mean: Simple,
        past: Recent,
    }
}

/// Into so many sums, in turns, distances are added: of one, each would wait for the one before.
const SUMS: usize = 2;

/// Such sums of the distances of values from their mean.
#[inline(always)]
fn distances(values: &[f64], mean: f64) -> [f64; SUMS] {
    let (rounds, rest) = values.as_chunks::<SUMS>();
    let mut sums = [0.0; SUMS];
    for values in rounds {
        for turn in 0..SUMS {
            sums[turn] += (values[turn] - mean).abs();
        }
    }
    for (sum, value) in sums.iter_mut().zip(rest) {
        *sum += (value - mean).abs();
    }
    sums
}

/// What such sums are together.
#[inline(always)]
fn total<T: Number>([one, other]: [T; SUMS]) -> T {
    one + other
}

impl MeanDeviation {
    pub(crate) fn new(period: usize) -> Self {
        Self { period: Given(period), mean: Simple::new(period), past: Recent::new(period) }
    }

    /// Takes the next value; mean and mean deviation, once the window is full.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<[f64; 2]> {
        self.past.push(x);
        let mean = self.mean.update(x)?;
        Some([mean, total(distances(self.past.values(), mean)) / self.period.0 as f64])
    }

    /// Takes many values, a chunk at most, once the window is full, and writes mean and mean deviation: as
    /// [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, x: &[f64], means: &mut [f64], deviations: &mut [f64]) {
        // The values before these, then these.
        let series = [self.past.values(), x].concat();
        self.mean.run(x, means);
        // The window of row 0 begins at 1: the oldest value has just left it.
        let series = series.get(1..).unwrap_or_default();
        widest(Distances { series, period: self.period.0, means, out: deviations });
        for value in x {
            self.past.push(*value);
        }
    }
}

/// The mean distance of the values of each window from its mean; a window begins at each place of the series.
struct Distances<'a> {
    series: &'a [f64],
    period: usize,
    means: &'a [f64],
    out: &'a mut [f64],
}

impl Kernel for Distances<'_> {
    type Out = ();

    /// Several windows are summed side by side.
    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) {
        const VECTORS: usize = 4;
        let Self { series, period, means, out } = self;
        let (zero, count) = (isa.splat(0.0), isa.splat(period as f64));
        let groups = out.len() / (N * VECTORS);
        let places = out.as_chunks_mut::<N>().0.as_chunks_mut::<VECTORS>().0;
        let wide_means = means.as_chunks::<N>().0.as_chunks::<VECTORS>().0;
        let rounds = period / SUMS * SUMS;
        for group in 0..groups {
            let values = &series[group * N * VECTORS..][..N * VECTORS + period - 1];
            let (mut mean, mut sums) = ([zero; VECTORS], [[zero; SUMS]; VECTORS]);
            for vector in 0..VECTORS {
                mean[vector] = isa.pack(wide_means[group][vector]);
            }
            for round in (0..rounds).step_by(SUMS) {
                for turn in 0..SUMS {
                    let row = values[round + turn..][..N * VECTORS].as_chunks::<N>().0;
                    for vector in 0..VECTORS {
                        let distance = (isa.pack(row[vector]) - mean[vector]).abs();
                        sums[vector][turn] = sums[vector][turn] + distance;
                    }
                }
            }
            for turn in 0..SUMS - 1 {
                if rounds + turn < period {
                    let row = values[rounds + turn..][..N * VECTORS].as_chunks::<N>().0;
                    for vector in 0..VECTORS {
                        let distance = (isa.pack(row[vector]) - mean[vector]).abs();
                        sums[vector][turn] = sums[vector][turn] + distance;
                    }
                }
            }
            for vector in 0..VECTORS {
                places[group][vector] = isa.unpack(total(sums[vector]) / count);
            }
        }
        for row in groups * N * VECTORS..out.len() {
            out[row] = total(distances(&series[row..row + period], means[row])) / period as f64;
        }
    }
}

crate::state! {
    /// Dorsey's: the share of standard deviation that falls on rising bars.
    pub(crate) struct RelativeVolatility {
        /// The previous value.
        before: Option<f64>,
        window: Window<Deviations>,
        /// Of rising and of falling bars.
        averages: Smoothed<2>,
    }
}

impl RelativeVolatility {
    pub(crate) fn new(period: usize, deviation: usize) -> Self {
        Self { before: None, window: Window::new(deviation), averages: Smoothed::wilder(period) }
    }

    /// Takes the next value; 0 to 100, 50 when nothing has moved.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let before = self.before.replace(x).unwrap_or(x);
        let (_, deviation) = self.window.push(x)?.mean_and_deviation();
        let (rises, falls) = (x > before, x < before);
        let sides = [rises, falls].map(|side| if side { deviation } else { 0.0 });
        let [up, down] = self.averages.update_each(sides)?;
        let total = up + down;
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
