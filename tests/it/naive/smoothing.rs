//! Averages and ranges of whole series, the slow way. What comes in may begin with NaN, and so does what goes out.

use super::tools::{column, mean, window};

/// The first row with a value.
pub(super) fn begin(values: &[f64]) -> usize {
    values.iter().position(|value| !value.is_nan()).unwrap_or(values.len())
}

/// Of each window of `period` values.
pub(super) fn rolling(values: &[f64], period: usize, of: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    column(values.len(), begin(values) + period - 1, |i| of(window(values, i, period)))
}

pub(super) fn sma(values: &[f64], period: usize) -> Vec<f64> {
    rolling(values, period, mean)
}

/// The oldest value counts once, the newest `period` times.
pub(super) fn wma(values: &[f64], period: usize) -> Vec<f64> {
    let weights: Vec<f64> = (1..=period).map(|weight| weight as f64).collect();
    weighted(values, &weights)
}

/// With these weights, the oldest value's first.
pub(super) fn weighted(values: &[f64], weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    rolling(values, weights.len(), |window| {
        window.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>() / total
    })
}

/// Begins with the mean of the first `period` values.
pub(super) fn smoothed(values: &[f64], period: usize, rate: f64) -> Vec<f64> {
    let first = begin(values) + period - 1;
    let mut last = f64::NAN;
    column(values.len(), first, |i| {
        last =
            if i == first { mean(window(values, i, period)) } else { (1.0 - rate) * last + rate * values[i] };
        last
    })
}

pub(super) fn ema(values: &[f64], period: usize) -> Vec<f64> {
    smoothed(values, period, 2.0 / (period as f64 + 1.0))
}

pub(super) fn rma(values: &[f64], period: usize) -> Vec<f64> {
    smoothed(values, period, 1.0 / period as f64)
}

pub(super) fn highest(values: &[f64], period: usize) -> Vec<f64> {
    rolling(values, period, |window| window.iter().copied().fold(f64::MIN, f64::max))
}

pub(super) fn lowest(values: &[f64], period: usize) -> Vec<f64> {
    rolling(values, period, |window| window.iter().copied().fold(f64::MAX, f64::min))
}

/// Row by row.
pub(super) fn each(a: &[f64], b: &[f64], of: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| of(*a, *b)).collect()
}

/// The bars' middles.
pub(super) fn median(high: &[f64], low: &[f64]) -> Vec<f64> {
    each(high, low, |high, low| (high + low) / 2.0)
}

/// As `bars` rows earlier.
pub(super) fn shifted(values: &[f64], bars: usize) -> Vec<f64> {
    column(values.len(), bars, |i| values[i - bars])
}

/// A filter that goes on from what it gave, as if the first value had always stood there: `step(x, y)`, where `x(k)`
/// and `y(k)` are the input and the output of `k` bars ago.
pub(super) fn recursive(
    values: &[f64],
    start: impl Fn(f64) -> f64,
    step: impl Fn(&dyn Fn(usize) -> f64, &dyn Fn(usize) -> f64) -> f64,
) -> Vec<f64> {
    let mut out: Vec<f64> = Vec::new();
    for i in 0..values.len() {
        let x = |back: usize| if back > i { values[0] } else { values[i - back] };
        let y = |back: usize| if back > i { start(values[0]) } else { out[i - back] };
        let value = step(&x, &y);
        out.push(value);
    }
    out
}
