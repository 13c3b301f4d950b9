//! Exponential smoothing, and the mean that seeds it.
#![allow(clippy::needless_range_loop)] // several lists at one place

use super::faded::{Itself, Recurrence, Recurring, STEP, by_steps, kept, until_step};
use crate::Seed;
use crate::stored::Fixed;

crate::state! {
    /// Averages of `K` series that move `rate` of the way to each new value, seeded by the mean of the first `period`; of
    /// one rate, or of as many as there are series.
    ///
    /// No two numbers of which bars write one stand side by side, here or with a neighbour: copied as a pair, they would have
    /// to be waited for.
    #[repr(C)]
    pub(crate) struct Smoothed<const K: usize = 1, const R: usize = 1> {
        period: Fixed<usize>,
        /// The values before the step: the step's values are seen as distances from them, so that a flat series stays
        /// exactly where it is. Of the seed, for the same reason, the first.
        base: [f64; K],
        /// How many values the step has, or the seed.
        at: usize,
        /// How far the averages were from the values before the step.
        distance: [f64; K],
        rate: Fixed<[f64; R]>,
        /// What the step's values, or the seed's, have added to them, each raised as the averages have faded.
        added: [f64; K],
        keep: Fixed<[f64; R]>,
        raised: [f64; R],
        rise: Fixed<[f64; R]>,
        faded: [f64; R],
        seeded: bool,
    }
}

impl<const K: usize> Smoothed<K> {
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
        Self::with_rates(period, [rate])
    }

    /// Takes the next value of each series; the averages once there were `period`.
    #[inline(always)] // but for what is rare
    pub(crate) fn update_each(&mut self, values: [f64; K]) -> Option<[f64; K]> {
        if self.seeded { Some(self.advance(values)) } else { self.begin(values) }
    }

    /// Takes values that seed the averages.
    #[cold]
    #[inline(never)]
    fn begin(&mut self, values: [f64; K]) -> Option<[f64; K]> {
        self.seed(values);
        if self.at < self.period.0 {
            return None;
        }
        let mut averages = self.base;
        for series in 0..K {
            averages[series] += self.added[series] / self.at as f64;
        }
        self.start(values, averages);
        Some(averages)
    }

    /// How many of the next values it takes in silence.
    #[inline]
    pub(crate) fn silent(&self) -> usize {
        if self.seeded { 0 } else { self.period.0.saturating_sub(self.at).saturating_sub(1) }
    }

    /// Takes the first of so many values, as long as there are no averages; how many those are.
    #[inline(always)]
    pub(crate) fn seeds(&mut self, rows: usize, values: impl Fn(usize) -> [f64; K]) -> usize {
        let silent = self.silent().min(rows);
        if self.at == 0 && silent > 0 {
            self.base = values(0);
        }
        let (base, mut added) = (self.base, self.added);
        for row in 0..silent {
            let values = values(row);
            for series in 0..K {
                added[series] += values[series] - base[series];
            }
        }
        self.added = added;
        self.at += silent;
        silent
    }

    /// Adds values to the seed.
    #[inline(always)]
    fn seed(&mut self, values: [f64; K]) {
        if self.at == 0 {
            self.base = values;
        }
        for series in 0..K {
            self.added[series] += values[series] - self.base[series];
        }
        self.at = self.at.saturating_add(1);
    }
}

impl<const K: usize, const R: usize> Smoothed<K, R> {
    /// Of this length and these rates.
    fn with_rates(period: usize, rates: [f64; R]) -> Self {
        let (mut keep, mut rise) = (rates, rates);
        for rate in 0..R {
            (keep[rate], rise[rate]) = kept(1.0 - rates[rate]);
        }
        Self {
            base: [0.0; K],
            period: Fixed(period),
            distance: [0.0; K],
            at: 0,
            added: [0.0; K],
            rate: Fixed(rates),
            raised: rates,
            keep: Fixed(keep),
            faded: [1.0; R],
            rise: Fixed(rise),
            seeded: false,
        }
    }

    /// Which rate a series has.
    const fn rate(series: usize) -> usize {
        if R == 1 { 0 } else { series }
    }

    /// Takes the next value of each series, once there are averages.
    #[inline(always)]
    pub(crate) fn advance(&mut self, values: [f64; K]) -> [f64; K] {
        self.add(values);
        let mut averages = self.base;
        for series in 0..K {
            averages[series] += self.faded[Self::rate(series)] * (self.distance[series] + self.added[series]);
        }
        self.count(values);
        averages
    }

    /// Takes the next value of each series, once there are averages; how far these are from the values before the step.
    #[inline(always)]
    pub(crate) fn advance_distances(&mut self, values: [f64; K]) -> [f64; K] {
        self.add(values);
        let mut distances = self.distance;
        for series in 0..K {
            distances[series] = self.faded[Self::rate(series)] * (distances[series] + self.added[series]);
        }
        self.count(values);
        distances
    }

    #[inline(always)]
    fn add(&mut self, values: [f64; K]) {
        for rate in 0..R {
            self.raised[rate] *= self.rise.0[rate];
            self.faded[rate] *= self.keep.0[rate];
        }
        for series in 0..K {
            self.added[series] += (values[series] - self.base[series]) * self.raised[Self::rate(series)];
        }
    }

    #[inline(always)]
    fn count(&mut self, values: [f64; K]) {
        self.at = self.at.saturating_add(1); // whatever a stored state says
        if self.at >= STEP {
            self.turn(values);
        }
    }

    /// Has these averages after these values.
    pub(crate) fn start(&mut self, values: [f64; K], averages: [f64; K]) {
        let mut distance = averages;
        for series in 0..K {
            distance[series] -= values[series];
        }
        self.seeded = true;
        self.step(values, distance);
    }

    /// Begins a step after the one that is full.
    #[cfg_attr(target_family = "wasm", inline(never))] // one is downloaded
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn turn(&mut self, values: [f64; K]) {
        let mut distance = self.distance;
        for series in 0..K {
            // Not from the average, which would have to be waited for.
            let faded = self.faded[Self::rate(series)];
            let added = self.added[series] * faded + (self.base[series] - values[series]);
            distance[series] = distance[series] * faded + added;
        }
        self.step(values, distance);
    }

    /// Begins a step, this far from the values before it.
    #[inline(always)]
    fn step(&mut self, values: [f64; K], distance: [f64; K]) {
        self.base = values;
        self.distance = distance;
        self.added = [0.0; K];
        self.raised = self.rate.0;
        self.faded = [1.0; R];
        self.at = 0;
    }

    /// Whether the average is the newest value.
    #[inline]
    pub(crate) fn is_of_one(&self) -> bool {
        self.rate.0.iter().all(|rate| *rate >= 1.0)
    }

    /// Whether there are averages.
    #[inline]
    pub(crate) fn is_seeded(&self) -> bool {
        self.seeded
    }

    /// Whether a step begins with the next values.
    #[inline]
    pub(crate) fn at_step(&self) -> bool {
        self.seeded && self.at == 0
    }

    /// How many values it takes until a step begins.
    pub(crate) fn until_step(&self) -> usize {
        if self.seeded { until_step(self.at) } else { self.period.0.saturating_sub(self.at) }
    }

    /// The recurrences, if a step begins with the next values.
    #[inline(always)]
    pub(crate) fn stand(&self) -> Option<[Recurrence; K]> {
        if !self.at_step() {
            return None;
        }
        Some(std::array::from_fn(|series| {
            let rate = Self::rate(series);
            Recurrence {
                keep: self.keep.0[rate],
                rise: self.rise.0[rate],
                rate: self.rate.0[rate],
                base: self.base[series],
                carried: self.distance[series],
            }
        }))
    }

    /// Has taken whole steps.
    #[inline(always)]
    pub(crate) fn stepped(&mut self, recurrences: [Recurrence; K]) {
        for series in 0..K {
            (self.base[series], self.distance[series]) =
                (recurrences[series].base, recurrences[series].carried);
        }
    }
}

impl<const K: usize> Smoothed<K, K> {
    /// Side by side, of these averages' rates; it is [started](Self::start) once they have begun.
    pub(crate) fn side_by_side(averages: [&Smoothed; K]) -> Self {
        Self::with_rates(1, averages.map(|average| average.rate.0[0]))
    }
}

impl Smoothed {
    /// Takes the next value; the average once there were `period`.
    #[inline(always)]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        self.update_each([value]).map(|[average]| average)
    }
}

impl Recurring<true, 1, 1, 1> for Smoothed {
    type Averaged = Itself;
    const AVERAGED: Itself = Itself;

    #[inline(always)]
    fn take(&mut self, [value]: [f64; 1]) -> Option<[f64; 1]> {
        self.update_each([value])
    }

    fn until_step(&self) -> usize {
        if self.seeded { until_step(self.at) } else { self.period.0.saturating_sub(self.at) }
    }

    #[inline(always)]
    fn stand(&self) -> Option<([Recurrence; 1], [f64; 1])> {
        Some((self.stand()?, self.base))
    }

    #[inline(always)]
    fn stepped(&mut self, recurrences: [Recurrence; 1], _: [f64; 1]) {
        self.stepped(recurrences);
    }

    fn run(&mut self, [values]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let silent = self.seeds(values.len().min(out.len()), |row| [values[row]]);
        let (nothing, out) = out.split_at_mut(silent);
        nothing.fill(f64::NAN);
        by_steps(self, [&values[silent..]], [out]);
    }
}

crate::state! {
    /// Exponential averages of exponential averages, of `K` series.
    pub(crate) struct Twice<const K: usize = 1> {
        first: Smoothed<K>,
        second: Smoothed<K>,
    }
}

impl<const K: usize> Twice<K> {
    pub(crate) fn new(first: usize, second: usize) -> Self {
        Self { first: Smoothed::exponential(first), second: Smoothed::exponential(second) }
    }

    /// Takes the next value of each series; the averages, once there are any.
    #[inline]
    pub(crate) fn update_each(&mut self, values: [f64; K]) -> Option<[f64; K]> {
        let once = self.first.update_each(values)?;
        self.second.update_each(once)
    }
}

impl Twice {
    /// Takes the next value; the average, once there is one.
    #[inline]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        self.update_each([value]).map(|[average]| average)
    }
}
