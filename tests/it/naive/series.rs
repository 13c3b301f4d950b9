//! Whole series, step by step: each function takes series with leading NaNs and gives one of the same length.

/// `value(window)` of each full window of `period` values; NaN where one of them is.
pub(super) fn roll(x: &[f64], period: usize, value: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    (0..x.len())
        .map(|i| match (i + 1).checked_sub(period).map(|from| &x[from..=i]) {
            Some(window) if window.iter().all(|value| !value.is_nan()) => value(window),
            _ => f64::NAN,
        })
        .collect()
}

pub(super) fn sum(x: &[f64], period: usize) -> Vec<f64> {
    roll(x, period, |window| window.iter().sum())
}

pub(super) fn sma(x: &[f64], period: usize) -> Vec<f64> {
    roll(x, period, |window| window.iter().sum::<f64>() / period as f64)
}

pub(super) fn highest(x: &[f64], period: usize) -> Vec<f64> {
    roll(x, period, |window| window.iter().copied().fold(f64::MIN, f64::max))
}

pub(super) fn lowest(x: &[f64], period: usize) -> Vec<f64> {
    roll(x, period, |window| window.iter().copied().fold(f64::MAX, f64::min))
}

/// Population standard deviation.
pub(super) fn deviation(x: &[f64], period: usize) -> Vec<f64> {
    roll(x, period, |window| {
        let mean = window.iter().sum::<f64>() / period as f64;
        (window.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / period as f64).sqrt()
    })
}

/// Moves `rate` of the way to each value, from the mean of the first `period`.
pub(super) fn smooth(x: &[f64], period: usize, rate: f64) -> Vec<f64> {
    let begin = x.iter().position(|value| !value.is_nan()).unwrap_or(x.len());
    let mut out = vec![f64::NAN; x.len()];
    for i in begin + period - 1..x.len() {
        out[i] = if i == begin + period - 1 {
            x[begin..=i].iter().sum::<f64>() / period as f64
        } else {
            (1.0 - rate) * out[i - 1] + rate * x[i]
        };
    }
    out
}

pub(super) fn ema(x: &[f64], period: usize) -> Vec<f64> {
    smooth(x, period, 2.0 / (period as f64 + 1.0))
}

pub(super) fn wilder(x: &[f64], period: usize) -> Vec<f64> {
    smooth(x, period, 1.0 / period as f64)
}

/// The value `bars` bars ago.
pub(super) fn shift(x: &[f64], bars: usize) -> Vec<f64> {
    (0..x.len()).map(|i| i.checked_sub(bars).map_or(f64::NAN, |past| x[past])).collect()
}

pub(super) fn map(x: &[f64], f: impl Fn(f64) -> f64) -> Vec<f64> {
    x.iter().map(|x| f(*x)).collect()
}

pub(super) fn zip(x: &[f64], y: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| f(*x, *y)).collect()
}

pub(super) fn minus(x: &[f64], y: &[f64]) -> Vec<f64> {
    zip(x, y, |x, y| x - y)
}

pub(super) fn change(x: &[f64], bars: usize) -> Vec<f64> {
    minus(x, &shift(x, bars))
}

/// Change over `bars` bars in per cent.
pub(super) fn roc(x: &[f64], bars: usize) -> Vec<f64> {
    zip(x, &shift(x, bars), |x, past| 100.0 * (x - past) / past)
}

/// Wilder's strength of gains against losses.
pub(super) fn strength(changes: &[f64], period: usize) -> Vec<f64> {
    let up = wilder(&map(changes, |x| if x.is_nan() { x } else { x.max(0.0) }), period);
    let down = wilder(&map(changes, |x| if x.is_nan() { x } else { (-x).max(0.0) }), period);
    zip(&up, &down, |up, down| if up + down > 0.0 { 100.0 * up / (up + down) } else { 50.0 + 0.0 * up })
}

/// NaN in the first row.
pub(super) fn true_range(high: &[f64], low: &[f64], close: &[f64]) -> Vec<f64> {
    let before = shift(close, 1);
    (0..high.len())
        .map(|i| match before[i] {
            before if before.is_nan() => f64::NAN,
            before => (high[i] - low[i]).max((high[i] - before).abs()).max((low[i] - before).abs()),
        })
        .collect()
}

pub(super) fn typical(high: &[f64], low: &[f64], close: &[f64]) -> Vec<f64> {
    (0..high.len()).map(|i| (high[i] + low[i] + close[i]) / 3.0).collect()
}

/// All outputs NaN where one of them is: there is one warm-up.
pub(super) fn together(mut outputs: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for i in 0..outputs[0].len() {
        if outputs.iter().any(|output| output[i].is_nan()) {
            for output in &mut outputs {
                output[i] = f64::NAN;
            }
        }
    }
    outputs
}
