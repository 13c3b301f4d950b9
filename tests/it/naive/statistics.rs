//! Distribution, correlation, returns.

use super::series::{map, roc, roll, shift, zip};
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("zscore", zscore, &[&[7.0]]),
    ("skew", skew, &[&[9.0], &[3.0]]),
    ("kurtosis", kurtosis, &[&[9.0], &[4.0]]),
    ("entropy", entropy, &[&[4.0]]),
    ("hurst", hurst, &[&[37.0], &[280.0]]),
    ("median", median_of, &[&[7.0]]),
    ("mad", mad, &[&[7.0], &[2.0]]),
    ("covar", covar, &[&[7.0]]),
    ("variance_ratio", variance_ratio, &[&[20.0, 5.0]]),
    ("beta_up", beta_up, &[&[20.0]]),
    ("beta_down", beta_down, &[&[20.0]]),
    ("linearreg_r2", linearreg_r2, &[&[5.0]]),
    ("linearreg_stderr", linearreg_stderr, &[&[5.0]]),
    ("log_return", log_return, &[&[5.0]]),
    ("spearman", spearman, &[&[7.0]]),
    ("rci", rci, &[&[26.0]]),
    ("autocorr", autocorr, &[&[12.0, 3.0]]),
    ("downside_dev", downside_dev, &[&[7.0, 0.1]]),
    ("sharpe", sharpe, &[&[20.0, 5.0, 365.0]]),
    ("sortino", sortino, &[&[20.0, 5.0, 365.0]]),
    ("cv", cv, &[&[7.0]]),
    ("gmean", gmean, &[&[7.0]]),
    ("hmean", hmean, &[&[7.0]]),
    ("mmi", mmi, &[&[21.0]]),
];

/// By distances from the first value, which loses less when the values are large and close together.
fn mean(x: &[f64]) -> f64 {
    x[0] + x.iter().map(|value| value - x[0]).sum::<f64>() / x.len() as f64
}

/// Sum of the distances from the mean to a power.
fn power(x: &[f64], power: i32) -> f64 {
    let mean = mean(x);
    x.iter().map(|value| (value - mean).powi(power)).sum()
}

fn deviation(x: &[f64]) -> f64 {
    (power(x, 2) / x.len() as f64).sqrt()
}

fn median(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    (sorted[(x.len() - 1) / 2] + sorted[x.len() / 2]) / 2.0
}

fn covariance(x: &[f64], y: &[f64]) -> f64 {
    let (mean_x, mean_y) = (mean(x), mean(y));
    x.iter().zip(y).map(|(a, b)| (a - mean_x) * (b - mean_y)).sum::<f64>() / x.len() as f64
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    covariance(x, y) / (deviation(x) * deviation(y))
}

fn log_returns(x: &[f64], bars: usize) -> Vec<f64> {
    zip(x, &shift(x, bars), |x, before| (x / before).ln())
}

/// `value` of the window's rows of both series.
fn roll_both(x: &[f64], y: &[f64], period: usize, value: impl Fn(&[f64], &[f64]) -> f64) -> Vec<f64> {
    let valid = |window: &[f64]| window.iter().all(|value| !value.is_nan());
    (0..x.len())
        .map(|i| match (i + 1).checked_sub(period) {
            Some(from) if valid(&x[from..=i]) && valid(&y[from..=i]) => value(&x[from..=i], &y[from..=i]),
            _ => f64::NAN,
        })
        .collect()
}

fn zscore(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| {
        if power(w, 2) == 0.0 { 0.0 } else { (w[w.len() - 1] - mean(w)) / deviation(w) }
    })]
}

fn skew(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0];
    vec![roll(x[0], n as usize, |w| {
        let (second, third) = (power(w, 2) / n, power(w, 3) / n);
        if second == 0.0 { 0.0 } else { third / second.powf(1.5) * (n * (n - 1.0)).sqrt() / (n - 2.0) }
    })]
}

fn kurtosis(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0];
    vec![roll(x[0], n as usize, |w| {
        let (second, fourth) = (power(w, 2) / n, power(w, 4) / n);
        let excess = fourth / (second * second) - 3.0;
        if second == 0.0 { 0.0 } else { ((n + 1.0) * excess + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)) }
    })]
}

fn entropy(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| {
        let sum: f64 = w.iter().sum();
        -w.iter().map(|value| value / sum * (value / sum).log2()).sum::<f64>()
    })]
}

fn hurst(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(&log_returns(x[0], 1), p[0] as usize, |returns| {
        let (mut lengths, mut ranges) = (Vec::new(), Vec::new());
        for chunks in [1, 2, 4, 8, 16, 32] {
            let length = returns.len() / chunks;
            if length < 8 {
                break;
            }
            let mut rescaled = Vec::new();
            for chunk in returns[returns.len() - length * chunks..].chunks(length) {
                let middle = mean(chunk);
                let sums: Vec<f64> =
                    (1..=length).map(|k| chunk[..k].iter().map(|value| value - middle).sum()).collect();
                let range = sums.iter().fold(f64::MIN, |a: f64, b| a.max(*b))
                    - sums.iter().fold(f64::MAX, |a: f64, b| a.min(*b));
                if deviation(chunk) > 0.0 {
                    rescaled.push(range / deviation(chunk));
                }
            }
            lengths.push((length as f64).log10());
            ranges.push(mean(&rescaled).log10());
        }
        covariance(&lengths, &ranges) / covariance(&lengths, &lengths)
    })]
}

fn median_of(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, median)]
}

fn mad(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| {
        let middle = median(w);
        median(&map(w, |value| (value - middle).abs()))
    })]
}

fn covar(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll_both(x[0], x[1], p[0] as usize, covariance)]
}

fn variance_ratio(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (n, q) = (p[0], p[1]);
    // A window of n returns has n + 1 prices.
    vec![roll(x[0], n as usize + 1, |prices| {
        let logs = map(prices, f64::ln);
        let drift = (logs[logs.len() - 1] - logs[0]) / n;
        let squares = |lag: usize| -> f64 {
            logs.iter().zip(&logs[lag..]).map(|(a, b)| (b - a - lag as f64 * drift).powi(2)).sum()
        };
        let one = squares(1) / (n - 1.0);
        let many = squares(q as usize) / (q * (n - q + 1.0) * (1.0 - q / n));
        if one == 0.0 { 1.0 } else { many / one }
    })]
}

fn beta_side(p: Params<'_>, x: &[&[f64]], side: f64) -> Vec<Vec<f64>> {
    vec![roll_both(&roc(x[0], 1), &roc(x[1], 1), p[0] as usize, |market, asset| {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for (market, asset) in market.iter().zip(asset) {
            if market * side > 0.0 {
                a.push(*market);
                b.push(*asset);
            }
        }
        if a.len() < 2 { 0.0 } else { covariance(&a, &b) / covariance(&a, &a) }
    })]
}

fn beta_up(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    beta_side(p, x, 1.0)
}

fn beta_down(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    beta_side(p, x, -1.0)
}

/// Squared distances from the least-squares line.
fn residuals(w: &[f64]) -> f64 {
    let bars: Vec<f64> = (0..w.len()).map(|i| i as f64).collect();
    let slope = covariance(&bars, w) / covariance(&bars, &bars);
    bars.iter().zip(w).map(|(bar, value)| (value - mean(w) - slope * (bar - mean(&bars))).powi(2)).sum()
}

fn linearreg_r2(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(
        x[0],
        p[0] as usize,
        |w| if power(w, 2) == 0.0 { 0.0 } else { 1.0 - residuals(w) / power(w, 2) },
    )]
}

fn linearreg_stderr(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| (residuals(w) / (p[0] - 2.0)).sqrt())]
}

fn log_return(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![log_returns(x[0], p[0] as usize)]
}

/// From 1, equal values at the mean of theirs.
fn ranks(w: &[f64]) -> Vec<f64> {
    map(w, |x| {
        let (less, same) = (w.iter().filter(|y| **y < x).count(), w.iter().filter(|y| **y == x).count());
        less as f64 + (same as f64 + 1.0) / 2.0
    })
}

fn rank_correlation(x: &[f64], y: &[f64]) -> f64 {
    let (x, y) = (ranks(x), ranks(y));
    if power(&x, 2) * power(&y, 2) == 0.0 { 0.0 } else { correlation(&x, &y) }
}

fn spearman(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll_both(x[0], x[1], p[0] as usize, rank_correlation)]
}

fn rci(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let time: Vec<f64> = (0..x[0].len()).map(|i| i as f64).collect();
    vec![map(&roll_both(x[0], &time, p[0] as usize, rank_correlation), |value| 100.0 * value)]
}

fn autocorr(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let returns = roc(x[0], 1);
    vec![roll_both(&returns, &shift(&returns, p[1] as usize), p[0] as usize, correlation)]
}

fn shortfall(returns: &[f64], target: f64) -> f64 {
    mean(&map(returns, |value| (value - target).min(0.0).powi(2))).sqrt()
}

fn downside_dev(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(&roc(x[0], 1), p[0] as usize, |returns| shortfall(returns, p[1]))]
}

fn sharpe(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(&roc(x[0], 1), p[0] as usize, |returns| {
        let sample = (power(returns, 2) / (p[0] - 1.0)).sqrt();
        (mean(returns) - p[1] / p[2]) / sample * p[2].sqrt()
    })]
}

fn sortino(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(&roc(x[0], 1), p[0] as usize, |returns| {
        (mean(returns) - p[1] / p[2]) / shortfall(returns, p[1] / p[2]) * p[2].sqrt()
    })]
}

fn cv(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| 100.0 * deviation(w) / mean(w))]
}

fn gmean(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| mean(&map(w, f64::ln)).exp())]
}

fn hmean(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| 1.0 / mean(&map(w, |value| 1.0 / value)))]
}

fn mmi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |w| {
        let middle = median(w);
        let mut reverts = 0;
        for pair in w.windows(2) {
            reverts += u32::from(pair[0] > middle && pair[1] < pair[0]);
            reverts += u32::from(pair[0] < middle && pair[1] > pair[0]);
        }
        100.0 * f64::from(reverts) / (p[0] - 1.0)
    })]
}
