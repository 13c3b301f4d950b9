//! Momentum of bars, and composites.

use super::series::{
    change, deviation, ema, highest, lowest, map, minus, roc, roll, shift, sma, strength, sum, together,
    true_range, typical, wilder, zip,
};
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("crsi", crsi, &[&[5.0, 4.0, 20.0]]),
    ("qqe", qqe, &[&[8.0, 3.0, 2.5]]),
    ("wavetrend", wavetrend, &[&[5.0, 7.0, 3.0]]),
    ("squeeze", squeeze, &[&[10.0, 1.5, 15.0, 1.2], &[30.0, 2.0, 6.0, 2.0]]),
    ("squeeze_pro", squeeze_pro, &[&[10.0, 1.5, 15.0, 1.6, 1.2, 0.9]]),
    ("eco", eco, &[&[3.0, 6.0, 4.0]]),
    ("cbci", cbci, &[&[5.0, 3.0, 4.0, 2.0, 6.0, 9.0], &[3.0, 2.0, 30.0, 5.0, 9.0, 4.0]]),
    ("trendscore", trendscore, &[&[1.0, 7.0]]),
    ("cmi", cmi, &[&[7.0]]),
    ("stiffness", stiffness, &[&[20.0, 0.5, 7.0, 4.0]]),
    ("vpci", vpci, &[&[4.0, 9.0]]),
    ("stc", stc, &[&[5.0, 7.0, 12.0, 0.3]]),
    ("impulse", impulse, &[&[30.0, 3.0, 8.0, 4.0]]),
    ("rvgi", rvgi, &[&[4.0]]),
    ("inertia", inertia, &[&[7.0, 5.0, 6.0]]),
    ("pfe", pfe, &[&[4.0, 3.0]]),
    ("rwi", rwi, &[&[5.0]]),
    ("vwmacd", vwmacd, &[&[4.0, 9.0, 3.0]]),
    ("impulse_macd", impulse_macd, &[&[6.0, 4.0]]),
    ("dymi", dymi, &[&[10.0, 4.0, 6.0, 5.0, 20.0]]),
    ("dss", dss, &[&[5.0, 3.0]]),
    ("ttf", ttf, &[&[4.0]]),
    ("pzo", pzo, &[&[5.0]]),
    ("asi", asi, &[&[300.0]]),
];

fn crsi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let close = x[0];
    let mut run = vec![0.0_f64; close.len()];
    for i in 1..close.len() {
        let side = if close[i] == close[i - 1] { 0.0 } else { (close[i] - close[i - 1]).signum() };
        run[i] = if side == run[i - 1].signum() && run[i - 1] != 0.0 { run[i - 1] + side } else { side };
    }
    let rank = roll(&roc(close, 1), p[2] as usize + 1, |window| {
        let (last, before) = window.split_last().unwrap();
        100.0 * before.iter().filter(|value| *value < last).count() as f64 / p[2]
    });
    let sum = zip(
        &strength(&change(close, 1), p[0] as usize),
        &strength(&change(&run, 1), p[1] as usize),
        |a, b| a + b,
    );
    vec![zip(&sum, &rank, |sum, rank| (sum + rank) / 3.0)]
}

fn qqe(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = 2 * p[0] as usize - 1;
    let rsi = ema(&strength(&change(x[0], 1), p[0] as usize), p[1] as usize);
    let reach = ema(&ema(&map(&change(&rsi, 1), f64::abs), n), n);
    let rows = rsi.len();
    let (mut long, mut short) = (vec![f64::NAN; rows], vec![f64::NAN; rows]);
    let mut level = vec![f64::NAN; rows];
    let mut up = true;
    let crosses = |a: [f64; 2], b: [f64; 2]| (a[1] > b[1] && a[0] <= b[0]) || (a[1] < b[1] && a[0] >= b[0]);
    for i in 2..rows {
        let now = [rsi[i - 1], rsi[i]];
        let both =
            |above: bool, level: f64| now.iter().all(|rsi| if above { *rsi > level } else { *rsi < level });
        long[i] = rsi[i] - p[2] * reach[i];
        short[i] = rsi[i] + p[2] * reach[i];
        if both(true, long[i - 1]) {
            long[i] = long[i].max(long[i - 1]);
        }
        if both(false, short[i - 1]) {
            short[i] = short[i].min(short[i - 1]);
        }
        if crosses(now, [short[i - 2], short[i - 1]]) {
            up = true;
        } else if crosses(now, [long[i - 2], long[i - 1]]) {
            up = false;
        }
        level[i] = if up { long[i] } else { short[i] };
    }
    together(vec![rsi, level])
}

fn wavetrend(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (channel, price) = (p[0] as usize, typical(x[0], x[1], x[2]));
    let gap = minus(&price, &ema(&price, channel));
    let index = zip(&gap, &ema(&map(&gap, f64::abs), channel), |gap, size| gap / (0.015 * size));
    let wave = ema(&index, p[1] as usize);
    let signal = sma(&wave, p[2] as usize);
    together(vec![wave, signal])
}

/// Where the least-squares line through the values stands at the last.
fn line_end(y: &[f64]) -> f64 {
    let n = y.len() as f64;
    let (mean_x, mean_y) = ((n - 1.0) / 2.0, y.iter().sum::<f64>() / n);
    let (mut both, mut spread) = (0.0, 0.0);
    for (i, y) in y.iter().enumerate() {
        both += (i as f64 - mean_x) * (y - mean_y);
        spread += (i as f64 - mean_x).powi(2);
    }
    mean_y + both / spread * (n - 1.0 - mean_x)
}

fn squeeze(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (bands, channel) = (p[0] as usize, p[2] as usize);
    let (mean, deviation) = (sma(x[2], bands), deviation(x[2], bands));
    let (middle, range) = (sma(x[2], channel), sma(&true_range(x[0], x[1], x[2]), channel));
    let center = zip(&highest(x[0], channel), &lowest(x[1], channel), |high, low| (high + low) / 2.0);
    let base = zip(&center, &middle, |center, middle| (center + middle) / 2.0);
    let momentum = roll(&minus(x[2], &base), channel, line_end);
    let on = (0..mean.len())
        .map(|i| {
            let upper = mean[i] + p[1] * deviation[i] < middle[i] + p[3] * range[i];
            let lower = mean[i] - p[1] * deviation[i] > middle[i] - p[3] * range[i];
            if (mean[i] + middle[i] + range[i]).is_nan() {
                f64::NAN
            } else {
                100.0 * f64::from(upper && lower)
            }
        })
        .collect();
    together(vec![momentum, on])
}

fn squeeze_pro(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let one = |reach: f64| squeeze(&[p[0], p[1], p[2], reach], x);
    let level = zip(&one(p[3])[1], &one(p[4])[1], |wide, normal| wide + normal);
    let level = zip(&level, &one(p[5])[1], |level, narrow| (level + narrow) / 100.0);
    vec![one(p[3]).swap_remove(0), level]
}

fn eco(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let twice = |x: Vec<f64>| ema(&ema(&x, p[1] as usize), p[0] as usize);
    let eco = zip(&twice(minus(x[3], x[0])), &twice(minus(x[1], x[2])), |body, range| 100.0 * body / range);
    let signal = ema(&eco, p[2] as usize);
    together(vec![eco, signal])
}

fn cbci(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let rsi = |n: f64| strength(&change(x[0], 1), n as usize);
    let composite =
        zip(&change(&rsi(p[0]), p[1] as usize), &sma(&rsi(p[2]), p[3] as usize), |momentum, short| {
            momentum + short
        });
    let (fast, slow) = (sma(&composite, p[4] as usize), sma(&composite, p[5] as usize));
    together(vec![composite, fast, slow])
}

fn trendscore(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut score = vec![0.0; x[0].len()];
    for bars in p[0] as usize..=p[1] as usize {
        let side = |change: f64| if change == 0.0 { 0.0 } else { change.signum() };
        score = zip(&score, &change(x[0], bars), |score, change| score + side(change));
    }
    vec![score]
}

fn cmi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let range = minus(&highest(x[0], n), &lowest(x[1], n));
    vec![zip(&change(x[2], n - 1), &range, |change, range| 100.0 * change.abs() / range)]
}

fn stiffness(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let floor = zip(&sma(x[0], n), &deviation(x[0], n), |mean, deviation| mean - p[1] * deviation);
    let above = zip(x[0], &floor, |x, floor| if floor.is_nan() { floor } else { f64::from(x > floor) });
    let share = map(&sum(&above, p[2] as usize), |count| 100.0 * count / p[2]);
    vec![ema(&share, p[3] as usize)]
}

fn vpci(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let value = zip(x[0], x[1], |price, volume| price * volume);
    let weighted =
        |n: f64| zip(&sum(&value, n as usize), &sum(x[1], n as usize), |value, volume| value / volume);
    let average = |column: usize, n: f64| sma(x[column], n as usize);
    let trend = minus(&weighted(p[1]), &average(0, p[1]));
    let ratio = zip(&weighted(p[0]), &average(0, p[0]), |weighted, plain| weighted / plain);
    let volume = zip(&average(1, p[0]), &average(1, p[1]), |short, long| short / long);
    vec![zip(&zip(&trend, &ratio, |trend, ratio| trend * ratio), &volume, |confirmed, volume| {
        confirmed * volume
    })]
}

fn stc(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let stage = |x: &[f64]| {
        let (high, low) = (highest(x, n), lowest(x, n));
        let (mut place, mut value) = (0.0, f64::NAN);
        (0..x.len())
            .map(|i| {
                if high[i].is_nan() {
                    return f64::NAN;
                }
                if high[i] > low[i] {
                    place = 100.0 * (x[i] - low[i]) / (high[i] - low[i]);
                }
                value = if value.is_nan() { place } else { value + p[3] * (place - value) };
                value
            })
            .collect::<Vec<f64>>()
    };
    vec![stage(&stage(&minus(&ema(x[0], p[1] as usize), &ema(x[0], p[2] as usize))))]
}

fn impulse(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (fast, slow) = (p[1] as usize, p[2] as usize);
    let mut late = x[0].to_vec();
    late[..slow - fast].fill(f64::NAN); // the fast average begins with the slow one
    let macd = minus(&ema(&late, fast), &ema(x[0], slow));
    let histogram = change(&minus(&macd, &ema(&macd, p[3] as usize)), 1);
    vec![zip(&change(&ema(x[0], p[0] as usize), 1), &histogram, |trend, momentum| {
        let agree = trend.signum() == momentum.signum() && trend != 0.0 && momentum != 0.0;
        if (trend + momentum).is_nan() { f64::NAN } else { trend.signum() * f64::from(agree) }
    })]
}

fn rvgi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let weighted = |x: &[f64]| roll(x, 4, |w| (w[0] + 2.0 * w[1] + 2.0 * w[2] + w[3]) / 6.0);
    let total = |x: Vec<f64>| sum(&weighted(&x), p[0] as usize);
    let rvgi = zip(&total(minus(x[3], x[0])), &total(minus(x[1], x[2])), |body, range| body / range);
    let signal = weighted(&rvgi);
    together(vec![rvgi, signal])
}

fn inertia(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (deviation, change) = (deviation(x[0], p[2] as usize), change(x[0], 1));
    let side = |wanted: f64| {
        let counted = zip(&deviation, &change, |deviation, change| {
            if deviation.is_nan() { f64::NAN } else { deviation * f64::from(change * wanted > 0.0) }
        });
        wilder(&counted, p[1] as usize)
    };
    let rvi = zip(&side(1.0), &side(-1.0), |up, down| 100.0 * up / (up + down));
    vec![roll(&rvi, p[0] as usize, line_end)]
}

fn pfe(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let path = sum(&map(&change(x[0], 1), |change| change.hypot(1.0)), n);
    let straight = zip(&change(x[0], n), &path, |change, path| {
        let sign = if change == 0.0 { 0.0 } else { change.signum() };
        sign * 100.0 * change.hypot(p[0]) / path
    });
    vec![ema(&straight, p[1] as usize)]
}

fn rwi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (n, range) = (p[0] as usize, true_range(x[0], x[1], x[2]));
    let index = |reach: &dyn Fn(usize, usize) -> f64| {
        (0..range.len())
            .map(|i| {
                if i < n {
                    return f64::NAN;
                }
                let of = |n: usize| {
                    let mean = range[i + 1 - n..=i].iter().sum::<f64>() / n as f64;
                    reach(i, n) / (mean * (n as f64).sqrt())
                };
                (2..=n).map(of).fold(0.0, f64::max)
            })
            .collect()
    };
    vec![index(&|i, n| x[0][i] - x[1][i - n]), index(&|i, n| x[0][i - n] - x[1][i])]
}

fn vwmacd(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let value = zip(x[0], x[1], |price, volume| price * volume);
    let average =
        |n: f64| zip(&sum(&value, n as usize), &sum(x[1], n as usize), |value, volume| value / volume);
    let macd = minus(&average(p[0]), &average(p[1]));
    let signal = ema(&macd, p[2] as usize);
    let histogram = minus(&macd, &signal);
    together(vec![macd, signal, histogram])
}

fn impulse_macd(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let once = ema(&typical(x[0], x[1], x[2]), n);
    let middle = zip(&once, &ema(&once, n), |once, twice| 2.0 * once - twice);
    let (high, low) = (wilder(x[0], n), wilder(x[1], n));
    let impulse: Vec<f64> = (0..high.len())
        .map(|i| match middle[i] {
            middle if middle > high[i] => middle - high[i],
            middle if middle < low[i] => middle - low[i],
            middle => 0.0 * middle,
        })
        .collect();
    let signal = sma(&impulse, p[1] as usize);
    let histogram = minus(&impulse, &signal);
    together(vec![impulse, signal, histogram])
}

fn dymi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let deviation = deviation(x[0], p[1] as usize);
    let usual = sma(&deviation, p[2] as usize);
    let change = change(x[0], 1);
    let value = |i: usize| {
        if usual[i].is_nan() || i < p[4] as usize {
            return f64::NAN;
        }
        let length = (p[0] * usual[i] / deviation[i]).floor().clamp(p[3], p[4]) as usize;
        let changes = &change[i + 1 - length..=i];
        let up: f64 = changes.iter().filter(|change| **change > 0.0).sum();
        let down: f64 = changes.iter().filter(|change| **change < 0.0).sum();
        if up == down { 50.0 } else { 100.0 * up / (up - down) }
    };
    vec![(0..change.len()).map(value).collect()]
}

fn dss(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let stage = |high: &[f64], low: &[f64], close: &[f64]| {
        let (high, low) = (highest(high, p[0] as usize), lowest(low, p[0] as usize));
        let place = zip(&minus(close, &low), &minus(&high, &low), |above, range| {
            if range == 0.0 { 0.0 } else { 100.0 * above / range }
        });
        ema(&place, p[1] as usize)
    };
    let once = stage(x[0], x[1], x[2]);
    vec![stage(&once, &once, &once)]
}

fn ttf(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = p[0] as usize;
    let (high, low) = (highest(x[0], n), lowest(x[1], n));
    let (buy, sell) = (minus(&high, &shift(&low, n)), minus(&shift(&high, n), &low));
    vec![zip(&buy, &sell, |buy, sell| 100.0 * (buy - sell) / (0.5 * (buy + sell)))]
}

fn pzo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let signed =
        zip(x[0], &change(x[0], 1), |x, change| if change == 0.0 { 0.0 } else { x * change.signum() });
    let plain = zip(x[0], &change(x[0], 1), |x, change| x + 0.0 * change);
    vec![zip(&ema(&signed, p[0] as usize), &ema(&plain, p[0] as usize), |signed, plain| {
        100.0 * signed / plain
    })]
}

fn asi(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let [open, high, low, close] = x else { unreachable!() };
    let mut swings = vec![f64::NAN];
    for i in 1..open.len() {
        let (a, b, c) = ((high[i] - close[i - 1]).abs(), (low[i] - close[i - 1]).abs(), high[i] - low[i]);
        let body = (close[i - 1] - open[i - 1]).abs();
        let r = if a > b && a > c {
            a - b / 2.0 + body / 4.0
        } else if b > a && b > c {
            b - a / 2.0 + body / 4.0
        } else {
            c + body / 4.0
        };
        let weighed =
            (close[i] - close[i - 1]) + (close[i] - open[i]) / 2.0 + (close[i - 1] - open[i - 1]) / 4.0;
        swings.push(if r == 0.0 { 0.0 } else { 50.0 * weighed / r * a.max(b) / p[0] });
    }
    let total =
        (0..swings.len()).map(|i| if i == 0 { f64::NAN } else { swings[1..=i].iter().sum() }).collect();
    vec![total, swings]
}
