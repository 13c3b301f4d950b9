//! Traded quantity.

use super::series::{
    change, deviation, ema, map, minus, roll, shift, sma, sum, together, typical, wilder, zip,
};
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("kvo", kvo, &[&[5.0, 9.0, 4.0]]),
    ("eom", eom, &[&[5.0, 1e8]]),
    ("tmf", tmf, &[&[6.0]]),
    ("netvol", netvol, &[]),
    ("vzo", vzo, &[&[6.0]]),
    ("vfi", vfi, &[&[20.0, 0.4, 1.5, 12.0, 4.0, 7.0], &[12.0, 0.1, 1.2, 25.0, 2.0, 3.0]]),
    ("mfo", mfo, &[&[5.0]]),
    ("tvi", tvi, &[&[20.0]]),
    ("fve", fve, &[&[9.0, 1.1]]),
    ("tsv", tsv, &[&[5.0, 3.0]]),
    ("wvad", wvad, &[&[5.0]]),
    ("vp", vp, &[&[30.0, 7.0, 50.0], &[5.0, 1.0, 70.0]]),
];

/// Volume with the sign of the change, 0 where there is none.
fn signed(change: &[f64], volume: &[f64]) -> Vec<f64> {
    zip(change, volume, |change, volume| if change == 0.0 { 0.0 } else { change.signum() * volume })
}

fn kvo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let force = zip(&change(&typical(x[0], x[1], x[2]), 1), x[3], |change, volume| {
        if change.is_nan() {
            change
        } else if change >= 0.0 {
            volume
        } else {
            -volume
        }
    });
    let kvo = minus(&ema(&force, p[0] as usize), &ema(&force, p[1] as usize));
    let signal = ema(&kvo, p[2] as usize);
    together(vec![kvo, signal])
}

fn eom(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let moved = change(&zip(x[0], x[1], |high, low| (high + low) / 2.0), 1);
    let box_ratio =
        zip(&map(x[2], |volume| volume / p[1]), &minus(x[0], x[1]), |volume, range| volume / range);
    vec![sma(&zip(&moved, &box_ratio, |moved, ratio| moved / ratio), p[0] as usize)]
}

fn tmf(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let before = shift(x[2], 1);
    let flow: Vec<f64> = (0..before.len())
        .map(|i| {
            let (top, bottom) = (x[0][i].max(before[i]), x[1][i].min(before[i]));
            let place = if top > bottom { (2.0 * x[2][i] - top - bottom) / (top - bottom) } else { 0.0 };
            if i == 0 { f64::NAN } else { place * x[3][i] }
        })
        .collect();
    let mut volume = x[3].to_vec();
    volume[0] = f64::NAN;
    vec![zip(&wilder(&flow, p[0] as usize), &wilder(&volume, p[0] as usize), |flow, volume| flow / volume)]
}

fn netvol(_: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![signed(&change(x[0], 1), x[1])]
}

fn vzo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut volume = x[1].to_vec();
    volume[0] = f64::NAN;
    let flow = ema(&signed(&change(x[0], 1), x[1]), p[0] as usize);
    vec![zip(&flow, &ema(&volume, p[0] as usize), |flow, volume| 100.0 * flow / volume)]
}

fn vfi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let price = typical(x[0], x[1], x[2]);
    let spread = deviation(&zip(&price, &shift(&price, 1), |x, before| (x / before).ln()), p[3] as usize);
    let usual = shift(&sma(x[3], p[0] as usize), 1);
    let moved = change(&price, 1);
    let counted: Vec<f64> = (0..price.len())
        .map(|i| {
            let cutoff = p[1] * spread[i] * x[2][i];
            let volume = x[3][i].min(p[2] * usual[i]);
            match moved[i] {
                _ if (cutoff + usual[i]).is_nan() => f64::NAN,
                moved if moved > cutoff => volume,
                moved if moved < -cutoff => -volume,
                _ => 0.0,
            }
        })
        .collect();
    let flow = zip(&sum(&counted, p[0] as usize), &usual, |sum, usual| sum / usual);
    let vfi = ema(&flow, p[4] as usize);
    let signal = ema(&vfi, p[5] as usize);
    together(vec![vfi, signal])
}

fn mfo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (up, down) = (minus(x[0], &shift(x[1], 1)), minus(&shift(x[0], 1), x[1]));
    let share = zip(&up, &down, |up, down| if up + down == 0.0 { 0.0 } else { (up - down) / (up + down) });
    let flow = sum(&zip(&share, x[2], |share, volume| share * volume), p[0] as usize);
    vec![zip(&flow, &sum(x[2], p[0] as usize), |flow, volume| flow / volume)]
}

fn tvi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let change = change(x[0], 1);
    // The last change that was large enough.
    let direction = |i: usize| {
        let last = change[..=i].iter().rev().find(|change| change.abs() > p[0]);
        last.map_or(0.0, |change| change.signum())
    };
    vec![(0..change.len()).map(|i| (0..=i).map(|j| direction(j) * x[1][j]).sum()).collect()]
}

fn fve(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let moved = change(&typical(x[0], x[1], x[2]), 1);
    let counted: Vec<f64> = (0..moved.len())
        .map(|i| {
            let flow = x[2][i] - (x[0][i] + x[1][i]) / 2.0 + moved[i];
            let counts = flow.abs() > p[1] * x[2][i] / 100.0;
            if flow.is_nan() { flow } else { flow.signum() * x[3][i] * f64::from(counts) }
        })
        .collect();
    vec![zip(&sum(&counted, p[0] as usize), &sma(x[3], p[0] as usize), |sum, usual| {
        100.0 * sum / (usual * p[0])
    })]
}

fn tsv(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let tsv = sum(&zip(&change(x[0], 1), x[1], |change, volume| change * volume), p[0] as usize);
    let signal = sma(&tsv, p[1] as usize);
    together(vec![tsv, signal])
}

fn wvad(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let share = zip(
        &minus(x[3], x[0]),
        &minus(x[1], x[2]),
        |body, range| if range == 0.0 { 0.0 } else { body / range },
    );
    vec![sum(&zip(&share, x[4], |share, volume| share * volume), p[0] as usize)]
}

fn vp(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (n, rows) = (p[0] as usize, p[1] as usize);
    let index: Vec<f64> = (0..x[0].len()).map(|i| i as f64).collect();
    let output = |which: usize| {
        roll(&index, n, |bars| {
            let bars: Vec<[f64; 3]> =
                bars.iter().map(|i| [0, 1, 2].map(|column| x[column][*i as usize])).collect();
            let top = bars.iter().map(|bar| bar[0]).fold(f64::MIN, f64::max);
            let bottom = bars.iter().map(|bar| bar[1]).fold(f64::MAX, f64::min);
            let height = (top - bottom) / p[1];
            let edges: Vec<f64> = (0..=rows).map(|row| bottom + row as f64 * height).collect();
            let mut profile = vec![0.0; rows];
            for [high, low, volume] in bars {
                for row in 0..rows {
                    let overlap = high.min(edges[row + 1]) - low.max(edges[row]);
                    if high > low {
                        profile[row] += volume * overlap.max(0.0) / (high - low);
                    } else if low >= edges[row] && (low < edges[row + 1] || row == rows - 1) {
                        profile[row] += volume;
                    }
                }
            }
            let total: f64 = profile.iter().sum();
            if total == 0.0 {
                return (top + bottom) / 2.0;
            }
            let most = profile.iter().copied().fold(0.0, f64::max);
            let poc = profile.iter().position(|volume| *volume == most).unwrap();
            let (mut from, mut to) = (poc, poc);
            while profile[from..=to].iter().sum::<f64>() < p[2] / 100.0 * total {
                let above = profile.get(to + 1).copied().unwrap_or(-1.0);
                let below = if from > 0 { profile[from - 1] } else { -1.0 };
                if above >= below { to += 1 } else { from -= 1 }
            }
            [(edges[poc] + edges[poc + 1]) / 2.0, edges[to + 1], edges[from]][which]
        })
    };
    vec![output(0), output(1), output(2)]
}
