//! Momentum of closes.

use super::series::{
    change, ema, map, minus, roc, roll, shift, sma, smooth, strength, sum, together, true_range, zip,
};
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("bias", bias, &[&[10.0, 0.0]]),
    ("psl", psl, &[&[5.0]]),
    ("pgo", pgo, &[&[5.0], &[1.0]]),
    ("rmi", rmi, &[&[14.0, 1.0], &[5.0, 3.0]]),
    ("dosc", dosc, &[&[5.0, 3.0, 2.0, 4.0]]),
    ("trixh", trixh, &[&[5.0, 3.0]]),
    ("smi_ergodic", smi_ergodic, &[&[8.0, 3.0, 4.0]]),
    ("pmo", pmo, &[&[5.0, 3.0, 4.0]]),
    ("kst", kst, &[&[3.0, 9.0, 4.0, 5.0, 7.0, 1.0, 2.0, 4.0, 3.0]]),
    ("tii", tii, &[&[10.0, 4.0]]),
    ("tdi", tdi, &[&[3.0]]),
    ("td_setup", td_setup, &[&[1.0]]),
];

fn bias(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![zip(x[0], &sma(x[0], p[0] as usize), |x, average| 100.0 * (x / average - 1.0))]
}

fn psl(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(&change(x[0], 1), p[0] as usize, |changes| {
        100.0 * changes.iter().filter(|change| **change > 0.0).count() as f64 / p[0]
    })]
}

fn pgo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let gap = minus(x[2], &sma(x[2], p[0] as usize));
    vec![zip(&gap, &ema(&true_range(x[0], x[1], x[2]), p[0] as usize), |gap, range| gap / range)]
}

fn rmi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![strength(&change(x[0], p[1] as usize), p[0] as usize)]
}

fn dosc(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let strength = strength(&change(x[0], 1), p[0] as usize);
    let smooth = ema(&ema(&strength, p[1] as usize), p[2] as usize);
    vec![minus(&smooth, &sma(&smooth, p[3] as usize))]
}

fn trixh(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let trix = roc(&ema(&ema(&ema(x[0], n), n), n), 1);
    let signal = ema(&trix, p[1] as usize);
    let histogram = minus(&trix, &signal);
    together(vec![trix, signal, histogram])
}

fn smi_ergodic(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let change = change(x[0], 1);
    let twice = |x: &[f64]| ema(&ema(x, p[1] as usize), p[0] as usize);
    let ergodic = zip(&twice(&change), &twice(&map(&change, f64::abs)), |change, size| 100.0 * change / size);
    let signal = ema(&ergodic, p[2] as usize);
    let histogram = minus(&ergodic, &signal);
    together(vec![ergodic, signal, histogram])
}

fn pmo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let once = smooth(&roc(x[0], 1), p[0] as usize, 2.0 / p[0]);
    let pmo = smooth(&map(&once, |x| 10.0 * x), p[1] as usize, 2.0 / p[1]);
    let signal = ema(&pmo, p[2] as usize);
    together(vec![pmo, signal])
}

fn kst(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut kst = vec![0.0; x[0].len()];
    for k in 0..4 {
        let smooth = sma(&roc(x[0], p[k] as usize), p[k + 4] as usize);
        kst = zip(&kst, &smooth, |kst, smooth| kst + (k + 1) as f64 * smooth);
    }
    let signal = sma(&kst, p[8] as usize);
    together(vec![kst, signal])
}

fn tii(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![roll(&minus(x[0], &sma(x[0], p[0] as usize)), p[1] as usize, |gaps| {
        let up: f64 = gaps.iter().filter(|gap| **gap > 0.0).sum();
        let size: f64 = gaps.iter().map(|gap| gap.abs()).sum();
        if size > 0.0 { 100.0 * up / size } else { 50.0 }
    })]
}

fn tdi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let change = change(x[0], n);
    let (direction, size) = (sum(&change, n), map(&change, f64::abs));
    let earlier = minus(&sum(&size, 2 * n), &sum(&size, n));
    let tdi = zip(&direction, &earlier, |direction, earlier| direction.abs() - earlier);
    together(vec![tdi, direction])
}

fn td_setup(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let past = shift(x[0], p[0] as usize);
    let side = zip(x[0], &past, |x, past| if x == past { 0.0 } else { (x - past).signum() });
    // How many rows back the side has been the same.
    let run = |i: usize| (0..=i).rev().take_while(|j| side[*j] == side[i]).count() as f64;
    vec![(0..side.len()).map(|i| if side[i].is_nan() { f64::NAN } else { side[i] * run(i) }).collect()]
}
