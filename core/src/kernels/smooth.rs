//! Exponential smoothing, and the mean that seeds it.

use super::by_steps;
use super::faded::{Averaged, Itself, Recurrence, STEP, kept, steps};
use crate::Seed;
use crate::stored::Fixed;

crate::state! {
    /// The mean of the first `period` values, taken as distances from the first so that equal values give
    /// exactly themselves.
    pub(crate) struct Mean {
        period: Fixed<usize>,
        count: usize,
        first: f64,
        sum: f64,
    }
}

impl Mean {
    pub(crate) fn new(period: usize) -> Self {
        Self { period: Fixed(period), count: 0, first: 0.0, sum: 0.0 }
    }

    /// How many values it still takes before one that gives a mean.
    fn silent(&self) -> usize {
        self.period.0.saturating_sub(self.count).saturating_sub(1)
    }

    /// Takes the next value; the mean once there are `period`.
    #[inline]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        if self.count == 0 {
            self.first = value;
        }
        self.sum += value - self.first;
        self.count = self.count.saturating_add(1);
        (self.count >= self.period.0).then(|| self.first + self.sum / self.count as f64)
    }
}

crate::state! {
    /// An average that moves `rate` of the way to each new value, seeded by the mean of the first `period`.
    pub(crate) struct Smoothed {
        rate: Fixed<f64>,
        keep: Fixed<f64>,
        rise: Fixed<f64>,
        seed: Mean,
        /// The value before the step: the step's values are seen as distances from it, so that a flat series stays
        /// exactly where it is.
        base: f64,
        /// How far the average was from there.
        distance: f64,
        /// What the step's values have added to it, each raised as the average has faded.
        added: f64,
        raised: f64,
        faded: f64,
        /// How many values the step has.
        at: usize,
        value: Option<f64>,
    }
}

impl Smoothed {
    /// The exponential moving average: rate 2 / (period + 1).
    pub(crate) fn exponential(period: usize) -> Self {
        Self::with_rate(period, 2.0 / (period as f64 + 1.0))
    }

    /// The exponential moving average that starts from the first value instead of a mean.
    pub(crate) fn from_first(period: usize) -> Self {
        Self { seed: Mean::new(1), ..Self::exponential(period) }
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
            rate: Fixed(rate),
            keep: Fixed(keep),
            rise: Fixed(rise),
            seed: Mean::new(period),
            base: 0.0,
            distance: 0.0,
            added: 0.0,
            raised: rate,
            faded: 1.0,
            at: 0,
            value: None,
        }
    }

    /// Takes the next value; the average once there were `period`.
    #[inline(always)]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        self.take(value);
        self.value
    }

    #[inline(always)] // but for what is rare
    fn take(&mut self, value: f64) {
        if self.value.is_none() {
            return self.begin(value);
        }
        self.raised *= self.rise.0;
        self.faded *= self.keep.0;
        self.added += (value - self.base) * self.raised;
        self.value = Some(self.base + self.faded * (self.distance + self.added));
        self.at = self.at.saturating_add(1); // whatever a stored state says
        if self.at >= STEP {
            self.turn(value);
        }
    }

    /// Takes one of the values that seed the average.
    #[cold]
    #[inline(never)]
    fn begin(&mut self, value: f64) {
        self.value = self.seed.update(value);
        if let Some(average) = self.value {
            self.step(value, average - value);
        }
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
        self.value
    }

    /// Whether a step begins with the next value.
    #[inline]
    pub(crate) fn at_step(&self) -> bool {
        self.value.is_some() && self.at == 0
    }

    /// How many values it takes until a step begins.
    pub(crate) fn until_step(&self) -> usize {
        until_step(self.at)
    }

    /// Takes many values and writes the averages, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        let silent =
            if self.value.is_none() { self.seed.silent().min(values.len()).min(out.len()) } else { 0 };
        let ((seeds, values), (nothing, out)) = (values.split_at(silent), out.split_at_mut(silent));
        for value in seeds {
            self.seed.update(*value);
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
        let mut recurrences = averages.each_ref().map(|average| Recurrence {
            keep: average.keep.0,
            rise: average.rise.0,
            rate: average.rate.0,
            base: average.base,
            carried: average.distance,
            average: average.value.unwrap_or(f64::NAN),
        });
        let taken = steps::<true, _, C, K, M>(averaged, &mut recurrences, before, inputs, outs);
        for (average, recurrence) in averages.into_iter().zip(recurrences) {
            (average.base, average.distance, average.value) =
                (recurrence.base, recurrence.carried, Some(recurrence.average));
        }
        taken
    }
}

crate::state! {
    /// A sum of which each new value first takes off a share: `sum · keep + x`.
    pub(crate) struct Decayed {
        keep: Fixed<f64>,
        rise: Fixed<f64>,
        /// Before the step.
        before: f64,
        /// What the step's values have added to it, each raised as the sum has faded.
        added: f64,
        raised: f64,
        faded: f64,
        at: usize,
        sum: f64,
    }
}

impl Decayed {
    pub(crate) fn new(keep: f64) -> Self {
        let (keep, rise) = kept(keep);
        Self {
            keep: Fixed(keep),
            rise: Fixed(rise),
            before: 0.0,
            added: 0.0,
            raised: 1.0,
            faded: 1.0,
            at: 0,
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
        let mut recurrences = sums.each_ref().map(|sum| Recurrence {
            keep: sum.keep.0,
            rise: sum.rise.0,
            rate: 1.0,
            base: 0.0,
            carried: sum.before,
            average: sum.sum,
        });
        let taken = steps::<false, _, C, K, M>(averaged, &mut recurrences, before, inputs, outs);
        for (sum, recurrence) in sums.into_iter().zip(recurrences) {
            (sum.before, sum.sum) = (recurrence.carried, recurrence.average);
        }
        taken
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
