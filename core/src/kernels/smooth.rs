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

crate::state! {
    /// An average that moves `rate` of the way to each new value, seeded by the mean of the first `period`.
    pub(crate) struct Smoothed {
        rate: f64,
        seed: Mean,
        value: Option<f64>,
    }
}

impl Smoothed {
    /// The exponential moving average: rate 2 / (period + 1).
    pub(crate) fn exponential(period: usize) -> Self {
        Self { rate: 2.0 / (period as f64 + 1.0), seed: Mean::new(period), value: None }
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

    /// Of this length and rate.
    pub(crate) fn with_rate(period: usize, rate: f64) -> Self {
        Self { rate, seed: Mean::new(period), value: None }
    }

    /// Wilder's: rate 1 / period.
    pub(crate) fn wilder(period: usize) -> Self {
        Self { rate: 1.0 / period as f64, seed: Mean::new(period), value: None }
    }

    /// Takes the next value; the average once there were `period`.
    #[inline]
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        self.value = match self.value {
            // In this form a flat series stays exactly where it is.
            Some(average) => Some(average + (value - average) * self.rate),
            None => self.seed.update(value),
        };
        self.value
    }

    /// The average after the last value.
    #[inline]
    pub(crate) fn value(&self) -> Option<f64> {
        self.value
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
