//! Moving averages and what is made of them.

use std::f64::consts::{PI, SQRT_2};

use super::smoothing::{each, ema, highest, lowest, median, recursive, rma, shifted, sma, weighted, wma};
use super::tools::column;
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("alma", alma, &[&[1.0, 0.5, 6.0], &[20.0, 0.3, 2.5], &[2.0, 1.0, 6.0]]),
    ("swma", |_, x| vec![weighted(x[0], &[1.0, 2.0, 2.0, 1.0])], &[]),
    ("sinwma", sinwma, &[&[1.0], &[7.0]]),
    ("pwma", pwma, &[&[1.0], &[2.0], &[25.0]]),
    ("fwma", fwma, &[&[1.0], &[2.0], &[25.0]]),
    ("mcgd", mcgd, &[&[2.0, 0.6], &[40.0, 0.6]]),
    ("frama", frama, &[&[2.0], &[7.0], &[40.0]]),
    ("vidya", vidya, &[&[9.0, 5.0], &[1.0, 1.0]]),
    ("ehma", ehma, &[&[2.0], &[55.0]]),
    ("thma", thma, &[&[3.0], &[10.0]]),
    ("hwma", hwma, &[&[0.5, 0.0, 0.0], &[0.6, 0.2, 0.05]]),
    ("ssf", |p, x| vec![ssf(x[0], p[0])], &[&[3.0], &[40.0]]),
    ("ssf3", ssf3, &[&[3.0], &[50.0]]),
    ("gaussian", gaussian, &[&[2.0, 1.0], &[30.0, 2.0], &[12.0, 3.0]]),
    ("butterworth", butterworth, &[&[2.0, 2.0], &[30.0, 3.0]]),
    ("laguerre", laguerre, &[&[0.0], &[0.4]]),
    ("jma", jma, &[&[1.0, 0.0, 1.0], &[30.0, -100.0, 3.0], &[14.0, 100.0, 1.0]]),
    ("evwma", evwma, &[&[1.0], &[50.0]]),
    ("rainbow", rainbow, &[&[2.0, 3.0], &[4.0, 50.0]]),
    ("alligator", alligator, &[&[3.0, 1.0, 8.0, 0.0, 5.0, 2.0]]),
    ("gator", gator, &[&[5.0, 0.0, 20.0, 3.0, 2.0, 11.0]]),
];

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // parameters that are whole numbers
pub(super) fn whole(value: f64) -> usize {
    value as usize
}

fn alma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (period, offset, sigma) = (p[0], p[1], p[2]);
    let (m, s) = (offset * (period - 1.0), period / sigma);
    let bell = |k: usize| (-(k as f64 - m).powi(2) / (2.0 * s * s)).exp();
    vec![weighted(x[0], &(0..whole(period)).map(bell).collect::<Vec<_>>())]
}

fn sinwma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let wave = |k: usize| (PI * k as f64 / (p[0] + 1.0)).sin();
    vec![weighted(x[0], &(1..=whole(p[0])).map(wave).collect::<Vec<_>>())]
}

fn pwma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = whole(p[0]) - 1;
    let choose = |k: usize| (1..=k).map(|i| (n + 1 - i) as f64 / i as f64).product::<f64>();
    vec![weighted(x[0], &(0..=n).map(choose).collect::<Vec<_>>())]
}

fn fwma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut weights = vec![1.0, 1.0];
    while weights.len() < whole(p[0]) {
        weights.push(weights[weights.len() - 1] + weights[weights.len() - 2]);
    }
    vec![weighted(x[0], &weights[..whole(p[0])])]
}

fn mcgd(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![recursive(
        x[0],
        |first| first,
        |x, y| y(1) + (x(0) - y(1)) / (p[1] * p[0] * (x(0) / y(1)).powi(4)).max(1.0),
    )]
}

fn frama(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (high, low) = (x[0], x[1]);
    let price = median(high, low);
    let half = whole(p[0]) / 2;
    let n = 2 * half;
    let range = |from: usize, to: usize| {
        let top = high[from..to].iter().copied().fold(f64::MIN, f64::max);
        let bottom = low[from..to].iter().copied().fold(f64::MAX, f64::min);
        (top - bottom) / (to - from) as f64
    };
    let (mut last, mut d) = (0.0, 1.0);
    let all: Vec<f64> = (0..price.len())
        .map(|i| {
            if i + 1 < n {
                return f64::NAN;
            }
            let (n1, n2, n3) =
                (range(i + 1 - half, i + 1), range(i + 1 - n, i + 1 - half), range(i + 1 - n, i + 1));
            if n1 > 0.0 && n2 > 0.0 && n3 > 0.0 {
                d = ((n1 + n2).ln() - n3.ln()) / 2.0_f64.ln();
            }
            let alpha = if i < n { 1.0 } else { (-4.6 * (d - 1.0)).exp().clamp(0.01, 1.0) };
            last = alpha * price[i] + (1.0 - alpha) * last;
            last
        })
        .collect();
    vec![column(price.len(), n, |i| all[i])]
}

fn vidya(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (x, n) = (x[0], whole(p[1]));
    let mut last = x[n - 1];
    vec![column(x.len(), n, |i| {
        let changes: Vec<f64> = (i + 1 - n..=i).map(|k| x[k] - x[k - 1]).collect();
        let all: f64 = changes.iter().map(|change| change.abs()).sum();
        let cmo = if all == 0.0 { 0.0 } else { changes.iter().sum::<f64>() / all };
        last += 2.0 / (p[0] + 1.0) * cmo.abs() * (x[i] - last);
        last
    })]
}

fn ehma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (fast, slow) = (ema(x[0], whole(p[0] / 2.0)), ema(x[0], whole(p[0])));
    vec![ema(&each(&fast, &slow, |fast, slow| 2.0 * fast - slow), whole(p[0].sqrt()))]
}

fn thma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let part = |parts: f64| wma(x[0], whole(p[0] / parts));
    let raw = each(&part(3.0), &each(&part(2.0), &part(1.0), |a, b| a + b), |fast, rest| 3.0 * fast - rest);
    vec![wma(&raw, whole(p[0]))]
}

pub(super) fn hwma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (mut f, mut v, mut a) = (x[0][0], 0.0, 0.0);
    let step = |i: usize| {
        let level = (1.0 - p[0]) * (f + v + 0.5 * a) + p[0] * x[0][i];
        let velocity = (1.0 - p[1]) * (v + a) + p[1] * (level - f);
        a = (1.0 - p[2]) * a + p[2] * (velocity - v);
        (f, v) = (level, velocity);
        f + v + 0.5 * a
    };
    vec![(0..x[0].len()).map(step).collect()]
}

/// Ehlers' super smoother.
pub(super) fn ssf(x: &[f64], period: f64) -> Vec<f64> {
    let a = (-SQRT_2 * PI / period).exp();
    let (c2, c3) = (2.0 * a * (SQRT_2 * PI / period).cos(), -a * a);
    let c1 = 1.0 - c2 - c3;
    recursive(x, |first| first, |x, y| c1 * (x(0) + x(1)) / 2.0 + c2 * y(1) + c3 * y(2))
}

fn ssf3(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let a = (-PI / p[0]).exp();
    let (b, c) = (2.0 * a * (3.0_f64.sqrt() * PI / p[0]).cos(), a * a);
    let (d2, d3, d4) = (b + c, -(c + b * c), c * c);
    let d1 = 1.0 - d2 - d3 - d4;
    vec![recursive(x[0], |first| first, |x, y| d1 * x(0) + d2 * y(1) + d3 * y(2) + d4 * y(3))]
}

fn gaussian(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let beta = (1.0 - (2.0 * PI / p[0]).cos()) / (2.0_f64.powf(1.0 / p[1]) - 1.0);
    let alpha = -beta + (beta * beta + 2.0 * beta).sqrt();
    let poles = whole(p[1]);
    // Ehlers' expanded form: the weights are binomial.
    let choose = |k: usize| (1..=k).map(|i| (poles + 1 - i) as f64 / i as f64).product::<f64>();
    let feedback = |k: usize| {
        let size = choose(k) * (1.0 - alpha).powi(i32::try_from(k).unwrap());
        if k % 2 == 1 { size } else { -size }
    };
    vec![recursive(
        x[0],
        |first| first,
        |x, y| {
            alpha.powi(i32::try_from(poles).unwrap()) * x(0)
                + (1..=poles).map(|k| feedback(k) * y(k)).sum::<f64>()
        },
    )]
}

fn butterworth(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let two = || {
        let a = (-SQRT_2 * PI / p[0]).exp();
        let b = 2.0 * a * (SQRT_2 * PI / p[0]).cos();
        recursive(
            x[0],
            |first| first,
            |x, y| (1.0 - b + a * a) / 4.0 * (x(0) + 2.0 * x(1) + x(2)) + b * y(1) - a * a * y(2),
        )
    };
    let three = || {
        let a = (-PI / p[0]).exp();
        let (b, c) = (2.0 * a * (3.0_f64.sqrt() * PI / p[0]).cos(), a * a);
        recursive(
            x[0],
            |first| first,
            |x, y| {
                (1.0 - b + c) * (1.0 - c) / 8.0 * (x(0) + 3.0 * x(1) + 3.0 * x(2) + x(3)) + (b + c) * y(1)
                    - (c + b * c) * y(2)
                    + c * c * y(3)
            },
        )
    };
    vec![if p[1] == 2.0 { two() } else { three() }]
}

/// The four stages of Ehlers' Laguerre filter.
pub(super) fn stages(x: &[f64], gamma: f64) -> [Vec<f64>; 4] {
    let l0 = recursive(x, |first| first, |x, y| (1.0 - gamma) * x(0) + gamma * y(1));
    let next = |l: &[f64]| recursive(l, |first| first, |l, y| -gamma * l(0) + l(1) + gamma * y(1));
    let l1 = next(&l0);
    let l2 = next(&l1);
    let l3 = next(&l2);
    [l0, l1, l2, l3]
}

fn laguerre(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let [l0, l1, l2, l3] = stages(&median(x[0], x[1]), p[0]);
    vec![(0..l0.len()).map(|i| (l0[i] + 2.0 * l1[i] + 2.0 * l2[i] + l3[i]) / 6.0).collect()]
}

fn jma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let x = x[0];
    let beta = 0.45 * (p[0] - 1.0) / (0.45 * (p[0] - 1.0) + 2.0);
    let (alpha, ratio) = (beta.powf(p[2]), p[1] / 100.0 + 1.5);
    let e0 = recursive(x, |first| first, |x, y| (1.0 - alpha) * x(0) + alpha * y(1));
    let missed = each(x, &e0, |x, e0| x - e0);
    let e1 = recursive(&missed, |_| 0.0, |x, y| x(0) * (1.0 - beta) + beta * y(1));
    let (mut e2, mut last) = (0.0, x[0]);
    vec![column(x.len(), 0, |i| {
        e2 = (e0[i] + ratio * e1[i] - last) * (1.0 - alpha).powi(2) + alpha.powi(2) * e2;
        last += e2;
        last
    })]
}

fn evwma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (x, volume, n) = (x[0], x[1], whole(p[0]));
    let mut last = if n == 1 { x[0] } else { x[n - 2] };
    vec![column(x.len(), n - 1, |i| {
        let total: f64 = volume[i + 1 - n..=i].iter().sum();
        if total > 0.0 {
            last = ((total - volume[i]) * last + volume[i] * x[i]) / total;
        }
        last
    })]
}

fn rainbow(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut averages = vec![sma(x[0], whole(p[0]))];
    for _ in 1..10 {
        averages.push(sma(averages.last().unwrap(), whole(p[0])));
    }
    let range = each(&highest(x[0], whole(p[1])), &lowest(x[0], whole(p[1])), |high, low| high - low);
    let first = (10 * (whole(p[0]) - 1)).max(whole(p[1]) - 1);
    let of = |value: &dyn Fn(&[f64], f64) -> f64| {
        column(range.len(), first, |i| {
            let row: Vec<f64> = averages.iter().map(|average| average[i]).collect();
            if range[i] == 0.0 { 0.0 } else { 100.0 * value(&row, x[0][i]) / range[i] }
        })
    };
    let width = of(&|row, _| {
        row.iter().copied().fold(f64::MIN, f64::max) - row.iter().copied().fold(f64::MAX, f64::min)
    });
    let lower = width.iter().map(|width| -width).collect();
    vec![of(&|row, x| x - row.iter().sum::<f64>() / 10.0), width, lower]
}

fn alligator(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let price = median(x[0], x[1]);
    let periods = [p[0], p[2], p[4]].map(whole);
    let first = periods.into_iter().max().unwrap() - 1;
    let line = |period: usize| {
        let line = rma(&price, period);
        column(line.len(), first, |i| line[i])
    };
    periods.map(line).into()
}

fn gator(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let price = median(x[0], x[1]);
    let line = |k: usize| shifted(&rma(&price, whole(p[k])), whole(p[k + 1]));
    let (jaw, teeth, lips) = (line(0), line(2), line(4));
    let upper = each(&jaw, &teeth, |jaw, teeth| (jaw - teeth).abs());
    let lower = each(&teeth, &lips, |teeth, lips| -(teeth - lips).abs());
    // Both begin together.
    let whole_row = |i: usize| !(upper[i] + lower[i]).is_nan();
    let begun = |values: &[f64]| {
        values.iter().enumerate().map(|(i, value)| if whole_row(i) { *value } else { f64::NAN }).collect()
    };
    vec![begun(&upper), begun(&lower)]
}
