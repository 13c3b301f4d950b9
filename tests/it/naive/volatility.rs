//! Size of the price's moves.

use super::series::{
    change, deviation, ema, highest, lowest, map, minus, roll, shift, sum, together, true_range, zip,
};
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("chop", chop, &[&[5.0]]),
    ("ui", ui, &[&[5.0]]),
    ("gapo", gapo, &[&[12.0]]),
    ("hv", hv, &[&[7.0, 365.0]]),
    ("parkinson", parkinson, &[&[7.0, 365.0]]),
    ("garman_klass", garman_klass, &[&[7.0, 365.0]]),
    ("rogers_satchell", rogers_satchell, &[&[7.0, 365.0]]),
    ("yang_zhang", yang_zhang, &[&[7.0, 365.0]]),
    ("ewma_vol", ewma_vol, &[&[0.8, 365.0]]),
    ("thermo", thermo, &[&[9.0]]),
    ("drawdown", drawdown, &[]),
    ("max_drawdown", max_drawdown, &[&[9.0]]),
    ("wvf", wvf, &[&[9.0]]),
];

fn chop(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let range = minus(&highest(x[0], n), &lowest(x[1], n));
    vec![zip(&sum(&true_range(x[0], x[1], x[2]), n), &range, |path, range| {
        100.0 * (path / range).log10() / p[0].log10()
    })]
}

fn ui(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let squares = zip(x[0], &highest(x[0], n), |x, highest| (100.0 * (x - highest) / highest).powi(2));
    vec![map(&sum(&squares, n), |sum| (sum / p[0]).sqrt())]
}

fn gapo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    // A range of 0 has no logarithm: 0.
    let range = minus(&highest(x[0], n), &lowest(x[1], n));
    vec![map(&range, |range| if range == 0.0 { 0.0 } else { range.ln() / p[0].ln() })]
}

fn log_returns(x: &[f64]) -> Vec<f64> {
    zip(x, &shift(x, 1), |x, before| (x / before).ln())
}

fn annual_percent(variance: &[f64], annual: f64) -> Vec<f64> {
    map(variance, |variance| 100.0 * (annual * variance).sqrt())
}

fn sample_variance(x: &[f64], period: usize) -> Vec<f64> {
    let n = period as f64;
    map(&deviation(x, period), |deviation| deviation * deviation * n / (n - 1.0))
}

fn mean(x: &[f64], period: usize) -> Vec<f64> {
    map(&sum(x, period), |sum| sum / period as f64)
}

fn hv(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![annual_percent(&sample_variance(&log_returns(x[0]), p[0] as usize), p[1])]
}

fn parkinson(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let terms = zip(x[0], x[1], |high, low| (high / low).ln().powi(2) / (4.0 * 2.0_f64.ln()));
    vec![annual_percent(&mean(&terms, p[0] as usize), p[1])]
}

fn garman_klass(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let range = zip(x[1], x[2], |high, low| (high / low).ln().powi(2));
    let body = zip(x[3], x[0], |close, open| (close / open).ln().powi(2));
    let terms = zip(&range, &body, |range, body| 0.5 * range - (2.0 * 2.0_f64.ln() - 1.0) * body);
    vec![annual_percent(&mean(&terms, p[0] as usize), p[1])]
}

fn satchell(x: &[&[f64]]) -> Vec<f64> {
    let [open, high, low, close] = x else { unreachable!() };
    (0..open.len())
        .map(|i| {
            (high[i] / close[i]).ln() * (high[i] / open[i]).ln()
                + (low[i] / close[i]).ln() * (low[i] / open[i]).ln()
        })
        .collect()
}

fn rogers_satchell(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![annual_percent(&mean(&satchell(x), p[0] as usize), p[1])]
}

fn yang_zhang(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let gaps = sample_variance(&zip(x[0], &shift(x[3], 1), |open, before| (open / before).ln()), n);
    let bodies = sample_variance(&zip(x[3], x[0], |close, open| (close / open).ln()), n);
    let k = 0.34 / (1.34 + (p[0] + 1.0) / (p[0] - 1.0));
    let within = zip(&bodies, &mean(&satchell(x), n), |bodies, terms| k * bodies + (1.0 - k) * terms);
    vec![annual_percent(&zip(&gaps, &within, |gaps, within| gaps + within), p[1])]
}

fn ewma_vol(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let returns = log_returns(x[0]);
    // The weights written out: the first square keeps what the later ones leave.
    let variance = |i: usize| {
        let sum: f64 = (2..=i).map(|j| (1.0 - p[0]) * p[0].powf((i - j) as f64) * returns[j].powi(2)).sum();
        sum + p[0].powf(i as f64 - 1.0) * returns[1].powi(2)
    };
    let variance: Vec<f64> =
        (0..returns.len()).map(|i| if i == 0 { f64::NAN } else { variance(i) }).collect();
    vec![annual_percent(&variance, p[1])]
}

fn thermo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let thermo =
        zip(
            &change(x[0], 1),
            &change(x[1], 1),
            |high, low| {
                if high.is_nan() { high } else { high.abs().max(low.abs()) }
            },
        );
    let average = ema(&thermo, p[0] as usize);
    together(vec![thermo, average])
}

fn drawdown(_: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let highest = |i: usize| x[0][..=i].iter().copied().fold(f64::MIN, f64::max);
    vec![(0..x[0].len()).map(|i| 100.0 * (x[0][i] / highest(i) - 1.0)).collect()]
}

fn max_drawdown(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(x[0], p[0] as usize, |window| {
        let mut worst = 0.0_f64;
        for (i, from) in window.iter().enumerate() {
            for to in &window[i..] {
                worst = worst.min(100.0 * (to / from - 1.0));
            }
        }
        worst
    })]
}

fn wvf(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![zip(&highest(x[1], p[0] as usize), x[0], |highest, low| 100.0 * (highest - low) / highest)]
}
