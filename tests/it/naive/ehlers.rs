//! Ehlers' filters, cycles and oscillators, and others of their kind.

use std::f64::consts::{PI, SQRT_2};

use super::averages::{ssf, stages, whole};
use super::smoothing::{each, highest, lowest, median, recursive, rolling, shifted, weighted, wma};
use super::tools::{column, mean, window};
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("highpass", |p, x| vec![highpass(x[0], p[0])], &[&[3.0], &[10.0]]),
    ("roofing", |p, x| vec![ssf(&highpass(x[0], p[0]), p[1])], &[&[80.0, 40.0]]),
    ("decycler", decycler, &[&[3.0], &[20.0]]),
    ("decycler_osc", decycler_osc, &[&[10.0, 20.0]]),
    ("itrend", itrend, &[&[0.3]]),
    ("cyber_cycle", cyber_cycle, &[&[0.3]]),
    ("cg", cg, &[&[2.0], &[40.0]]),
    ("fisher", fisher, &[&[2.0], &[20.0]]),
    ("ift_rsi", ift_rsi, &[&[14.0, 3.0]]),
    ("lrsi", lrsi, &[&[0.0], &[0.8]]),
    ("rsx", rsx, &[&[3.0], &[30.0]]),
    ("reflex", |p, x| flex(p, x, true), &[&[5.0]]),
    ("trendflex", |p, x| flex(p, x, false), &[&[5.0]]),
    ("ebsw", ebsw, &[&[10.0, 5.0]]),
    ("cti", cti, &[&[2.0], &[50.0]]),
    ("bandpass", |p, x| vec![bandpass(x[0], p[0], p[1])], &[&[5.0, 0.6], &[50.0, 0.1]]),
    ("voss", voss, &[&[30.0, 1.0, 0.5]]),
    ("passband", passband, &[&[5.0, 20.0, 7.0]]),
    ("usmoother", usmoother, &[&[3.0], &[60.0]]),
    ("dsma", dsma, &[&[4.0], &[15.0]]),
    ("hann", hann, &[&[1.0], &[9.0]]),
    ("universal_osc", universal_osc, &[&[5.0]]),
    ("mesa_stoch", mesa_stoch, &[&[10.0, 30.0, 5.0]]),
];

/// With Ehlers' own trigonometry; four bars are a quarter turn, which it leaves to the limit.
fn one_pole_rate(angle: f64) -> f64 {
    (angle.cos() + angle.sin() - 1.0) / angle.cos()
}

fn highpass(x: &[f64], period: f64) -> Vec<f64> {
    let a = one_pole_rate(2.0 * PI / (SQRT_2 * period));
    recursive(
        x,
        |_| 0.0,
        |x, y| {
            (1.0 - a / 2.0).powi(2) * (x(0) - 2.0 * x(1) + x(2)) + 2.0 * (1.0 - a) * y(1)
                - (1.0 - a).powi(2) * y(2)
        },
    )
}

fn decycler(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let a = one_pole_rate(2.0 * PI / p[0]);
    vec![recursive(x[0], |first| first, |x, y| a / 2.0 * (x(0) + x(1)) + (1.0 - a) * y(1))]
}

fn decycler_osc(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![each(&highpass(x[0], p[1]), &highpass(x[0], p[0]), |slow, fast| slow - fast)]
}

fn itrend(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (price, a) = (median(x[0], x[1]), p[0]);
    let mut line = vec![0.0; price.len()];
    for i in 2..price.len() {
        line[i] = if i < 6 {
            (price[i] + 2.0 * price[i - 1] + price[i - 2]) / 4.0
        } else {
            (a - a * a / 4.0) * price[i] + 0.5 * a * a * price[i - 1] - (a - 0.75 * a * a) * price[i - 2]
                + 2.0 * (1.0 - a) * line[i - 1]
                - (1.0 - a).powi(2) * line[i - 2]
        };
    }
    vec![column(line.len(), 6, |i| line[i]), column(line.len(), 6, |i| 2.0 * line[i] - line[i - 2])]
}

fn cyber_cycle(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (price, a) = (median(x[0], x[1]), p[0]);
    let smooth = recursive(&price, |first| first, |x, _| (x(0) + 2.0 * x(1) + 2.0 * x(2) + x(3)) / 6.0);
    let mut cycle = vec![0.0; price.len()];
    for i in 2..price.len() {
        cycle[i] = if i < 6 {
            (price[i] - 2.0 * price[i - 1] + price[i - 2]) / 4.0
        } else {
            (1.0 - 0.5 * a).powi(2) * (smooth[i] - 2.0 * smooth[i - 1] + smooth[i - 2])
                + 2.0 * (1.0 - a) * cycle[i - 1]
                - (1.0 - a).powi(2) * cycle[i - 2]
        };
    }
    vec![column(cycle.len(), 6, |i| cycle[i]), column(cycle.len(), 6, |i| cycle[i - 1])]
}

fn cg(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (price, n) = (median(x[0], x[1]), whole(p[0]));
    let cg = rolling(&price, n, |window| {
        let moment: f64 = window.iter().rev().zip(1..).map(|(p, k)| f64::from(k) * p).sum();
        -moment / window.iter().sum::<f64>() + (n as f64 + 1.0) / 2.0
    });
    vec![column(cg.len(), n, |i| cg[i]), column(cg.len(), n, |i| cg[i - 1])]
}

fn fisher(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (price, n) = (median(x[0], x[1]), whole(p[0]));
    let (top, bottom) = (highest(&price, n), lowest(&price, n));
    let (mut v, mut last) = (0.0, 0.0);
    let pairs: Vec<[f64; 2]> = (n - 1..price.len())
        .map(|i| {
            let range = top[i] - bottom[i];
            let place = if range == 0.0 { 0.5 } else { (price[i] - bottom[i]) / range };
            v = 0.33 * 2.0 * (place - 0.5) + 0.67 * v;
            if v > 0.99 {
                v = 0.999;
            }
            if v < -0.99 {
                v = -0.999;
            }
            let before = last;
            last = 0.5 * ((1.0 + v) / (1.0 - v)).ln() + 0.5 * before;
            [last, before]
        })
        .collect();
    [0, 1].map(|k| column(price.len(), n - 1, |i| pairs[i + 1 - n][k])).into()
}

fn ift_rsi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (x, n) = (x[0], whole(p[0]));
    let change = |i: usize| x[i] - x[i - 1];
    let wilder = |of: &dyn Fn(f64) -> f64| {
        let mut last = (1..=n).map(|i| of(change(i))).sum::<f64>() / n as f64;
        column(x.len(), n, |i| {
            if i > n {
                last = (last * (n as f64 - 1.0) + of(change(i))) / n as f64;
            }
            last
        })
    };
    let (up, down) = (wilder(&|change| change.max(0.0)), wilder(&|change| (-change).max(0.0)));
    let scaled = each(&up, &down, |up, down| {
        let rsi = if up + down == 0.0 { 50.0 } else { 100.0 * up / (up + down) };
        if up.is_nan() { up } else { 0.1 * (rsi - 50.0) }
    });
    let squeeze = |v: &f64| ((2.0 * v).exp() - 1.0) / ((2.0 * v).exp() + 1.0);
    vec![wma(&scaled, whole(p[1])).iter().map(squeeze).collect()]
}

fn lrsi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let [l0, l1, l2, l3] = stages(x[0], p[0]);
    let mut last = 0.5;
    vec![column(l0.len(), 0, |i| {
        let steps = [l0[i] - l1[i], l1[i] - l2[i], l2[i] - l3[i]];
        let up: f64 = steps.iter().filter(|step| **step > 0.0).sum();
        let down: f64 = -steps.iter().filter(|step| **step < 0.0).sum::<f64>();
        if up + down > 0.0 {
            last = up / (up + down);
        }
        last
    })]
}

fn rsx(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let x = x[0];
    let rate = 3.0 / (p[0] + 2.0);
    let changes: Vec<f64> = (0..x.len()).map(|i| if i == 0 { 0.0 } else { x[i] - x[i - 1] }).collect();
    let follow = |values: &[f64]| recursive(values, |_| 0.0, |x, y| (1.0 - rate) * y(1) + rate * x(0));
    let stage = |values: &[f64]| {
        let once = follow(values);
        each(&once, &follow(&once), |once, twice| 1.5 * once - 0.5 * twice)
    };
    let sizes: Vec<f64> = changes.iter().map(|change| change.abs()).collect();
    let (up, all) = (stage(&stage(&stage(&changes))), stage(&stage(&stage(&sizes))));
    vec![column(x.len(), (whole(p[0]) - 1).max(5), |i| {
        if all[i] > 0.0 { (50.0 * (up[i] / all[i] + 1.0)).clamp(0.0, 100.0) } else { 50.0 }
    })]
}

fn flex(p: Params<'_>, x: &[&[f64]], bent: bool) -> Vec<Vec<f64>> {
    let n = whole(p[0]);
    let f = ssf(x[0], p[0] / 2.0);
    let mut power = 0.0;
    vec![column(f.len(), n, |i| {
        let slope = if bent { (f[i - n] - f[i]) / p[0] } else { 0.0 };
        let sum: f64 = (1..=n).map(|k| f[i] + k as f64 * slope - f[i - k]).sum::<f64>() / p[0];
        power = 0.04 * sum * sum + 0.96 * power;
        sum / f64::sqrt(power)
    })]
}

fn ebsw(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let angle = 2.0 * PI / p[0];
    let a = (1.0 - angle.sin()) / angle.cos();
    let high = recursive(x[0], |_| 0.0, |x, y| 0.5 * (1.0 + a) * (x(0) - x(1)) + a * y(1));
    vec![recursive(
        &ssf(&high, p[1]),
        |_| 0.0,
        |f, _| {
            let wave = (f(0) + f(1) + f(2)) / 3.0;
            let power = (f(0) * f(0) + f(1) * f(1) + f(2) * f(2)) / 3.0;
            if power == 0.0 { 0.0 } else { wave / power.sqrt() }
        },
    )]
}

fn cti(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![rolling(x[0], whole(p[0]), |y| {
        let places: Vec<f64> = (1..=y.len()).map(|k| k as f64).collect();
        let (mx, my) = (mean(&places), mean(y));
        let products: f64 = places.iter().zip(y).map(|(k, y)| (k - mx) * (y - my)).sum();
        let squares = |values: &[f64], mean: f64| values.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
        let scale = (squares(&places, mx) * squares(y, my)).sqrt();
        if scale == 0.0 { 0.0 } else { products / scale }
    })]
}

fn bandpass(x: &[f64], period: f64, bandwidth: f64) -> Vec<f64> {
    let beta = (2.0 * PI / period).cos();
    let gamma = 1.0 / (2.0 * PI * bandwidth / period).cos();
    let a = gamma - (gamma * gamma - 1.0).sqrt();
    recursive(x, |_| 0.0, |x, y| 0.5 * (1.0 - a) * (x(0) - x(2)) + beta * (1.0 + a) * y(1) - a * y(2))
}

fn voss(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let f = bandpass(x[0], p[0], p[2]);
    let order = 3 * whole(p[1]);
    let voss = recursive(
        &f,
        |_| 0.0,
        |f, voss| {
            let sum: f64 =
                (0..order).map(|count| (count + 1) as f64 / order as f64 * voss(order - count)).sum();
            (3.0 + order as f64) / 2.0 * f(0) - sum
        },
    );
    vec![voss, f]
}

fn passband(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (a, b) = (5.0 / p[0], 5.0 / p[1]);
    // Ehlers' form, one filter of two poles.
    let line = recursive(
        x[0],
        |_| 0.0,
        |x, y| {
            (a - b) * x(0) + (b * (1.0 - a) - a * (1.0 - b)) * x(1) + ((1.0 - a) + (1.0 - b)) * y(1)
                - (1.0 - a) * (1.0 - b) * y(2)
        },
    );
    let n = whole(p[2]);
    let root = rolling(&line, n, |y| (y.iter().map(|y| y * y).sum::<f64>() / y.len() as f64).sqrt());
    let lower = root.iter().map(|root| -root).collect();
    vec![column(line.len(), n - 1, |i| line[i]), root, lower]
}

fn usmoother(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let a = (-SQRT_2 * PI / p[0]).exp();
    let (c2, c3) = (2.0 * a * (SQRT_2 * PI / p[0]).cos(), -a * a);
    let c1 = (1.0 + c2 - c3) / 4.0;
    vec![recursive(
        x[0],
        |first| first,
        |x, y| (1.0 - c1) * x(0) + (2.0 * c1 - c2) * x(1) - (c1 + c3) * x(2) + c2 * y(1) + c3 * y(2),
    )]
}

fn dsma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (x, n) = (x[0], whole(p[0]));
    let moves: Vec<f64> = (2..x.len()).map(|i| x[i] - x[i - 2]).collect();
    let f = ssf(&moves, p[0] / 2.0);
    let mut last = x[n];
    vec![column(x.len(), n + 1, |i| {
        let scaled = window(&f, i - 2, n);
        let rms = (scaled.iter().map(|f| f * f).sum::<f64>() / p[0]).sqrt();
        let rate = if rms == 0.0 { 0.0 } else { ((f[i - 2] / rms).abs() * 5.0 / p[0]).min(1.0) };
        last = rate * x[i] + (1.0 - rate) * last;
        last
    })]
}

fn hann(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let weight = |k: usize| 1.0 - (2.0 * PI * k as f64 / (p[0] + 1.0)).cos();
    vec![weighted(x[0], &(1..=whole(p[0])).map(weight).collect::<Vec<_>>())]
}

fn universal_osc(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let noise = recursive(x[0], |_| 0.0, |x, _| (x(0) - x(2)) / 2.0);
    let filter = ssf(&noise, p[0]);
    let mut peak: f64 = 0.0;
    vec![column(filter.len(), 0, |i| {
        peak = (0.991 * peak).max(filter[i].abs());
        if peak == 0.0 { 0.0 } else { filter[i] / peak }
    })]
}

fn mesa_stoch(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = whole(p[0]);
    let f = ssf(&highpass(x[0], p[1]), p[2]);
    let (top, bottom) = (highest(&f, n), lowest(&f, n));
    let place: Vec<f64> = (n - 1..f.len())
        .map(|i| {
            let range = top[i] - bottom[i];
            if range == 0.0 { 0.5 } else { (f[i] - bottom[i]) / range }
        })
        .collect();
    let smooth = ssf(&place, p[2]);
    let padded: Vec<f64> = smooth.into_iter().chain(vec![0.0; n - 1]).collect();
    vec![shifted(&padded, n - 1)]
}
