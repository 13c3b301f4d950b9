//! Exponential smoothing, and the mean that seeds it.

use crate::Seed;

crate::state! {
    /// The mean of the first `period` values, taken as distances from the first so that equal values give
    /// exactly themselves.
    pub(crate) struct Mean {
        period: usize,
        count: usize,
        first: f64,
        sum: f64,
    }
}

impl Mean {
    pub(crate) fn new(period: usize) -> Self {
        Self { period, count: 0, first: 0.0, sum: 0.0 }
    }

    /// Takes the next value; the mean once there are `period`.
    #[inline]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        if self.count == 0 {
            self.first = value;
        }
        self.sum += value - self.first;
        self.count = self.count.saturating_add(1);
        (self.count >= self.period).then(|| self.first + self.sum / self.count as f64)
    }
}

/// How many values a step of [`Smoothed`] and [`Decayed`] is long.
///
/// One recurrence `a = a · keep + x · rate` makes every value wait for the one before it. Within a step, each value is
/// instead what the step began with, faded, plus what the step's own values add: two short chains, of which only the
/// first goes from step to step, so that the processor works on several steps at a time.
const STEP: usize = 8;

/// How much is left of a step's beginning after each of its values: `keep`, `keep²` …
fn fading(keep: f64) -> [f64; STEP] {
    let mut left = 1.0;
    [(); STEP].map(|()| {
        left *= keep;
        left
    })
}

crate::state! {
    /// An average that moves `rate` of the way to each new value, seeded by the mean of the first `period`.
    pub(crate) struct Smoothed {
        rate: f64,
        keep: f64,
        seed: Mean,
        /// The value before the step: the step's values are seen as distances from it, so that a flat series stays
        /// exactly where it is.
        base: f64,
        /// How far the average was from there.
        distance: f64,
        /// How much of that is left, and what the step's values have added to it.
        left: f64,
        added: f64,
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
        Self {
            rate,
            keep: 1.0 - rate,
            seed: Mean::new(period),
            base: 0.0,
            distance: 0.0,
            left: 1.0,
            added: 0.0,
            at: 0,
            value: None,
        }
    }

    /// Takes the next value; the average once there were `period`.
    #[inline]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        if self.value.is_none() {
            self.value = self.seed.update(value);
            if let Some(average) = self.value {
                self.step(value, average);
            }
            return self.value;
        }
        self.added = self.added * self.keep + (value - self.base) * self.rate;
        self.left *= self.keep;
        let average = self.base + (self.distance * self.left + self.added);
        self.at = self.at.saturating_add(1); // whatever a stored state says
        if self.at >= STEP {
            self.step(value, average);
        }
        self.value = Some(average);
        self.value
    }

    /// Begins a step.
    #[inline(always)]
    fn step(&mut self, value: f64, average: f64) {
        self.base = value;
        self.distance = average - value;
        self.left = 1.0;
        self.added = 0.0;
        self.at = 0;
    }

    /// The average after the last value.
    #[inline]
    pub(crate) fn value(&self) -> Option<f64> {
        self.value
    }

    /// Takes many values and writes the averages, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        let mut pairs = values.iter().zip(out.iter_mut());
        let mut taken = 0;
        while self.value.is_none() || self.at != 0 {
            let Some((value, out)) = pairs.next() else { return };
            *out = self.update(*value).unwrap_or(f64::NAN);
            taken += 1;
        }
        let fading = fading(self.keep);
        let (steps, rest) = values[taken..].as_chunks::<STEP>();
        let (outs, out_rest) = out[taken..].as_chunks_mut::<STEP>();
        let (rate, keep) = (self.rate, self.keep);
        let (mut base, mut distance) = (self.base, self.distance);
        for (values, out) in steps.iter().zip(outs) {
            let mut added = 0.0;
            for at in 0..STEP {
                added = added * keep + (values[at] - base) * rate;
                out[at] = base + (distance * fading[at] + added);
            }
            base = values[STEP - 1];
            distance = out[STEP - 1] - base;
            self.value = Some(out[STEP - 1]);
        }
        (self.base, self.distance) = (base, distance);
        for (value, out) in rest.iter().zip(out_rest) {
            *out = self.update(*value).unwrap_or(f64::NAN);
        }
    }
}

impl Smoothed {
    /// Takes many values once both have a value, and writes how far `self` is above `other`: as
    /// [`update`](Self::update) on each. Steps that begin together, as they do after a common seed, share their
    /// distances.
    pub(crate) fn run_less(&mut self, other: &mut Self, values: &[f64], out: &mut [f64]) {
        let mut taken = 0;
        let single = |one: &mut Self, other: &mut Self, out: &mut f64, value: f64| {
            *out = one.update(value).unwrap_or(f64::NAN) - other.update(value).unwrap_or(f64::NAN);
        };
        let together = self.at == other.at && self.value.is_some() && other.value.is_some();
        while taken < values.len() && (!together || self.at != 0) {
            single(self, other, &mut out[taken], values[taken]);
            taken += 1;
        }
        if taken == values.len() {
            return;
        }
        let (fading, fading_other) = (fading(self.keep), fading(other.keep));
        let (steps, rest) = values[taken..].as_chunks::<STEP>();
        let (outs, _) = out[taken..].as_chunks_mut::<STEP>();
        let (rate, keep, rate_other, keep_other) = (self.rate, self.keep, other.rate, other.keep);
        let (mut distance, mut distance_other, mut base) = (self.distance, other.distance, self.base);
        for (values, out) in steps.iter().zip(outs) {
            let (mut added, mut added_other) = (0.0, 0.0);
            let (mut one, mut two) = (0.0, 0.0);
            for at in 0..STEP {
                let away = values[at] - base;
                added = added * keep + away * rate;
                added_other = added_other * keep_other + away * rate_other;
                one = base + (distance * fading[at] + added);
                two = base + (distance_other * fading_other[at] + added_other);
                out[at] = one - two;
            }
            base = values[STEP - 1];
            (distance, distance_other) = (one - base, two - base);
            (self.value, other.value) = (Some(one), Some(two));
        }
        (self.base, self.distance, other.base, other.distance) = (base, distance, base, distance_other);
        for taken in values.len() - rest.len()..values.len() {
            single(self, other, &mut out[taken], values[taken]);
        }
    }
}

crate::state! {
    /// A sum of which each new value first takes off a share: `sum · keep + x`.
    pub(crate) struct Decayed {
        keep: f64,
        /// Before the step.
        before: f64,
        left: f64,
        added: f64,
        at: usize,
        sum: f64,
    }
}

impl Decayed {
    pub(crate) fn new(keep: f64) -> Self {
        Self { keep, before: 0.0, left: 1.0, added: 0.0, at: 0, sum: 0.0 }
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
        self.added = self.added * self.keep + value;
        self.left *= self.keep;
        self.sum = self.before * self.left + self.added;
        self.at = self.at.saturating_add(1); // whatever a stored state says
        if self.at >= STEP {
            (self.before, self.left, self.added, self.at) = (self.sum, 1.0, 0.0, 0);
        }
        self.sum
    }

    /// Takes many values and puts the sums in their place.
    pub(crate) fn run(&mut self, values: &mut [f64]) {
        let mut taken = 0;
        while self.at != 0 {
            let Some(value) = values.get_mut(taken) else { return };
            *value = self.update(*value);
            taken += 1;
        }
        let fading = fading(self.keep);
        let (steps, rest) = values[taken..].as_chunks_mut::<STEP>();
        for values in steps {
            let mut added = 0.0;
            for at in 0..STEP {
                added = added * self.keep + values[at];
                values[at] = self.before * fading[at] + added;
            }
            self.before = values[STEP - 1];
            self.sum = self.before;
        }
        for value in rest {
            *value = self.update(*value);
        }
    }
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
