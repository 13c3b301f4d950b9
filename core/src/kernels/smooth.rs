//! Exponential smoothing, and the mean that seeds it.

use super::by_steps;
use super::faded::{Averaged, Itself, Recurrence, STEP, kept, steps};
use crate::Seed;
use crate::stored::Fixed;

crate::state! {
    /// An average that moves `rate` of the way to each new value, seeded by the mean of the first `period`.
    ///
    /// No two numbers that bars write stand side by side: copied as a pair, they would have to be waited for.
    pub(crate) struct Smoothed {
        /// The value before the step: the step's values are seen as distances from it, so that a flat series stays
        /// exactly where it is. Of the seed, for the same reason, the first.
        base: f64,
        period: Fixed<usize>,
        /// How far the average was from there.
        distance: f64,
        /// How many values the step has, or the seed.
        at: usize,
        /// What the step's values, or the seed's, have added to it, each raised as the average has faded.
        added: f64,
        rate: Fixed<f64>,
        raised: f64,
        keep: Fixed<f64>,
        faded: f64,
        rise: Fixed<f64>,
        value: f64,
        seeded: bool,
    }
}

impl Smoothed {
    /// The exponential moving average: rate 2 / (period + 1).
    pub(crate) fn exponential(period: usize) -> Self {
        Self::with_rate(period, 2.0 / (period as f64 + 1.0))
    }

    /// The exponential moving average that starts from the first value instead of a mean.
    pub(crate) fn from_first(period: usize) -> Self {
        Self { period: Fixed(1), ..Self::exponential(period) }
    }

    /// The exponential moving average, from a seed.
    pub(crate) fn seeded(period: usize, seed: Seed) -> Self {
        match seed {
            Seed::Sma => Self::exponential(period),
            Seed::First => Self::from_first(period),
        }
    }

    /// Wilder's: rate 1 / period.
    pub(crate) fn wilder(period: usize) -> Self {
        Self::with_rate(period, 1.0 / period as f64)
    }

    /// Of this length and rate.
    #[inline(never)] // once an indicator: nothing to gain
    pub(crate) fn with_rate(period: usize, rate: f64) -> Self {
        let (keep, rise) = kept(1.0 - rate);
        Self {
            base: 0.0,
            period: Fixed(period),
            distance: 0.0,
            at: 0,
            added: 0.0,
            rate: Fixed(rate),
            raised: rate,
            keep: Fixed(keep),
            faded: 1.0,
            rise: Fixed(rise),
            value: f64::NAN,
            seeded: false,
        }
    }

    /// Takes the next value; the average once there were `period`.
    #[inline(always)]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        self.take(value);
        self.value()
    }

    #[inline(always)] // but for what is rare
    fn take(&mut self, value: f64) {
        if !self.seeded {
            return self.begin(value);
        }
        self.raised *= self.rise.0;
        self.faded *= self.keep.0;
        self.added += (value - self.base) * self.raised;
        self.value = self.base + self.faded * (self.distance + self.added);
        self.at = self.at.saturating_add(1); // whatever a stored state says
        if self.at >= STEP {
            self.turn(value);
        }
    }

    /// Takes one of the values that seed the average.
    #[cold]
    #[inline(never)]
    fn begin(&mut self, value: f64) {
        self.seed(value);
        if self.at >= self.period.0 {
            self.value = self.base + self.added / self.at as f64;
            self.seeded = true;
            self.step(value, self.value - value);
        }
    }

    /// Adds a value to the seed.
    #[inline(always)]
    fn seed(&mut self, value: f64) {
        if self.at == 0 {
            self.base = value;
        }
        self.added += value - self.base;
        self.at = self.at.saturating_add(1);
    }

    /// Begins a step after the one that is full.
    #[inline(never)]
    fn turn(&mut self, value: f64) {
        // Not from the average, which would have to be waited for.
        self.step(value, self.distance * self.faded + (self.added * self.faded + (self.base - value)));
    }

    /// Begins a step, this far from the value before it.
    #[inline(always)]
    fn step(&mut self, value: f64, distance: f64) {
        self.base = value;
        self.distance = distance;
        self.added = 0.0;
        self.raised = self.rate.0;
        self.faded = 1.0;
        self.at = 0;
    }

    /// The average after the last value.
    #[inline]
    pub(crate) fn value(&self) -> Option<f64> {
        self.seeded.then_some(self.value)
    }

    /// Whether a step begins with the next value.
    #[inline]
    pub(crate) fn at_step(&self) -> bool {
        self.seeded && self.at == 0
    }

    /// How many values it takes until a step begins.
    pub(crate) fn until_step(&self) -> usize {
        until_step(self.at)
    }

    /// Takes many values and writes the averages, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        let seeds = if self.seeded { 0 } else { self.period.0.saturating_sub(self.at).saturating_sub(1) };
        let silent = seeds.min(values.len()).min(out.len());
        let ((seeds, values), (nothing, out)) = (values.split_at(silent), out.split_at_mut(silent));
        for value in seeds {
            self.seed(*value);
        }
        nothing.fill(f64::NAN);
        by_steps(
            self,
            [out],
            |this, row, outs| {
                if !this.at_step() {
                    return 0;
                }
                Self::steps(Itself, [this], [0.0], [&values[row..]], outs)
            },
            |this, row| this.update(values[row]).map(|average| [average]),
        );
    }

    /// Takes whole steps of several averages that are [at one](Self::at_step); how many bars that were.
    #[inline(always)]
    pub(crate) fn steps<A: Averaged<C, K, M>, const C: usize, const K: usize, const M: usize>(
        averaged: A,
        averages: [&mut Self; K],
        before: [f64; C],
        inputs: [&[f64]; C],
        outs: [&mut [f64]; M],
    ) -> usize {
        let recurrences = averages.map(|average| Recurrence {
            keep: average.keep.0,
            rise: average.rise.0,
            rate: average.rate.0,
            base: Some(&mut average.base),
            carried: &mut average.distance,
            average: &mut average.value,
        });
        steps::<true, _, C, K, M>(averaged, recurrences, before, inputs, outs)
    }
}

crate::state! {
    /// A sum of which each new value first takes off a share: `sum · keep + x`.
    ///
    /// Its fields stand as they do in [`Smoothed`].
    pub(crate) struct Decayed {
        /// Before the step.
        before: f64,
        at: usize,
        /// What the step's values have added to it, each raised as the sum has faded.
        added: f64,
        keep: Fixed<f64>,
        raised: f64,
        rise: Fixed<f64>,
        faded: f64,
        sum: f64,
    }
}

impl Decayed {
    pub(crate) fn new(keep: f64) -> Self {
        let (keep, rise) = kept(keep);
        Self {
            before: 0.0,
            at: 0,
            added: 0.0,
            keep: Fixed(keep),
            raised: 1.0,
            rise: Fixed(rise),
            faded: 1.0,
            sum: 0.0,
        }
    }

    /// Adds a value and takes nothing off: while the sum is being seeded.
    #[inline(always)]
    pub(crate) fn seed(&mut self, value: f64) -> f64 {
        self.sum += value;
        self.before = self.sum;
        self.sum
    }

    /// Takes the next value; the sum.
    #[inline(always)]
    pub(crate) fn update(&mut self, value: f64) -> f64 {
        self.raised *= self.rise.0;
        self.faded *= self.keep.0;
        self.added += value * self.raised;
        self.sum = self.faded * (self.before + self.added);
        self.at = self.at.saturating_add(1); // whatever a stored state says
        if self.at >= STEP {
            // Not the sum, which would have to be waited for.
            self.before = self.before * self.faded + self.added * self.faded;
            (self.added, self.raised, self.faded, self.at) = (0.0, 1.0, 1.0, 0);
        }
        self.sum
    }

    /// Whether a step begins with the next value.
    #[inline]
    pub(crate) fn at_step(&self) -> bool {
        self.at == 0
    }

    /// How many values it takes until a step begins.
    pub(crate) fn until_step(&self) -> usize {
        until_step(self.at)
    }

    /// Takes many values and writes the sums: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        by_steps(
            self,
            [out],
            |this, row, outs| {
                if !this.at_step() {
                    return 0;
                }
                Self::steps(Itself, [this], [0.0], [&values[row..]], outs)
            },
            |this, row| Some([this.update(values[row])]),
        );
    }

    /// Takes whole steps of several sums that are [at one](Self::at_step); how many bars that were.
    #[inline(always)]
    pub(crate) fn steps<A: Averaged<C, K, M>, const C: usize, const K: usize, const M: usize>(
        averaged: A,
        sums: [&mut Self; K],
        before: [f64; C],
        inputs: [&[f64]; C],
        outs: [&mut [f64]; M],
    ) -> usize {
        let recurrences = sums.map(|sum| Recurrence {
            keep: sum.keep.0,
            rise: sum.rise.0,
            rate: 1.0,
            base: None,
            carried: &mut sum.before,
            average: &mut sum.sum,
        });
        steps::<false, _, C, K, M>(averaged, recurrences, before, inputs, outs)
    }
}

fn until_step(at: usize) -> usize {
    if at == 0 { 0 } else { STEP.saturating_sub(at) }
}

crate::state! {
    /// An exponential average of an exponential average.
    pub(crate) struct Twice {
        first: Smoothed,
        second: Smoothed,
    }
}

impl Twice {
    pub(crate) fn new(first: usize, second: usize) -> Self {
        Self { first: Smoothed::exponential(first), second: Smoothed::exponential(second) }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let once = self.first.update(x)?;
        self.second.update(once)
    }
}
