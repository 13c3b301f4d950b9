//! Indicators of sessions and of the chart's levels. Zones are tested by themselves; here all is UTC.

use super::{Case, Params, tools::column};

pub(super) const CASES: &[Case] = &[
    (
        "session_vwap",
        session_vwap,
        &[&[1.0, 1.0, 0.0, 0.0], &[3.0, 2.0, 0.0, 600.0], &[1.0, 4.0, 0.0, 1_320.0]],
    ),
    ("anchored_vwap", anchored_vwap, &[&[960_000_000_000.0, 1.0], &[1_000_000_000_000.0, 3.0]]),
    (
        "pivots",
        pivots,
        &[
            &[1.0, 1.0, 0.0, 0.0],
            &[2.0, 2.0, 0.0, 0.0],
            &[3.0, 0.0, 0.0, 1_000.0],
            &[4.0, 3.0, 0.0, 30.0],
            &[0.0, 4.0, 0.0, 0.0],
        ],
    ),
    ("session_levels", session_levels, &[&[1.0, 0.0, 0.0], &[0.0, 0.0, 870.0]]),
    ("opening_range", opening_range, &[&[5.0, 0.0, 0.0, 0.0], &[1_440.0, 2.0, 0.0, 0.0]]),
    ("ichimoku", ichimoku, &[&[3.0, 7.0, 5.0, 2.0], &[20.0, 60.0, 120.0, 30.0]]),
    ("zigzag", zigzag, &[&[1.0], &[0.05], &[20.0]]),
];

/// The session of a time: counted through the calendar, day by day.
fn session(time: f64, span: f64, start: f64) -> (i64, i64) {
    let start = if start < 720.0 { start } else { start - 1_440.0 };
    let day = ((time - start * 60_000.0) / 86_400_000.0).floor() as i64;
    if span == 0.0 {
        return (0, day);
    }
    if span == 1.0 {
        return (0, (day - 4).div_euclid(7)); // the fifth of January 1970 was a Monday
    }
    let (mut year, mut left) = (1970, day);
    loop {
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if left < 365 + i64::from(leap) {
            let lengths = [31, 28 + i64::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            let mut month = 0;
            while left >= lengths[month] {
                left -= lengths[month];
                month += 1;
            }
            return match span {
                2.0 => (year, month as i64),
                3.0 => (year, month as i64 / 3),
                _ => (year, 0),
            };
        }
        left -= 365 + i64::from(leap);
        year += 1;
    }
}

/// For each row, the first row of its session.
fn begins(times: &[f64], span: f64, start: f64) -> Vec<usize> {
    let sessions: Vec<(i64, i64)> = times.iter().map(|time| session(*time, span, start)).collect();
    (0..times.len()).map(|row| sessions.iter().position(|other| *other == sessions[row]).unwrap()).collect()
}

fn vwap(inputs: &[&[f64]], from: usize, to: usize) -> [f64; 2] {
    let typical = |row: usize| (inputs[0][row] + inputs[1][row] + inputs[2][row]) / 3.0;
    let volume: f64 = inputs[3][from..=to].iter().sum();
    if volume == 0.0 {
        return [typical(to), 0.0];
    }
    let mean = (from..=to).map(|row| typical(row) * inputs[3][row]).sum::<f64>() / volume;
    let squares: f64 = (from..=to).map(|row| inputs[3][row] * (typical(row) - mean).powi(2)).sum();
    [mean, (squares / volume).sqrt()]
}

fn bands(rows: &[Option<[f64; 2]>], multiplier: f64) -> Vec<Vec<f64>> {
    [0.0, multiplier, -multiplier]
        .map(|width| {
            let value =
                |row: &Option<[f64; 2]>| row.map_or(f64::NAN, |[mean, deviation]| mean + width * deviation);
            rows.iter().map(value).collect()
        })
        .into()
}

fn session_vwap(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let firsts = begins(inputs[4], params[1], params[3]);
    let rows: Vec<_> =
        firsts.iter().enumerate().map(|(row, first)| Some(vwap(inputs, *first, row))).collect();
    bands(&rows, params[0])
}

fn anchored_vwap(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let first = inputs[4].iter().position(|time| *time >= params[0]);
    let value = |row: usize| first.filter(|first| *first <= row).map(|first| vwap(inputs, first, row));
    bands(&(0..inputs[0].len()).map(value).collect::<Vec<_>>(), params[1])
}

fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MIN, f64::max)
}

fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MAX, f64::min)
}

fn pivots(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let firsts = begins(inputs[4], params[1], params[3]);
    let mut outputs = vec![vec![f64::NAN; firsts.len()]; 9];
    for (row, &first) in firsts.iter().enumerate().filter(|(_, first)| **first > 0) {
        let before = firsts[first - 1]..first;
        let (open, close) = (inputs[0][before.start], inputs[3][first - 1]);
        let (high, low) = (highest(&inputs[1][before.clone()]), lowest(&inputs[2][before]));
        let (r, typical) = (high - low, (high + low + close) / 3.0);
        let n = f64::NAN;
        let levels = match params[0] {
            0.0 => {
                let p = typical;
                [
                    p,
                    2.0 * p - low,
                    p + r,
                    2.0 * p + high - 2.0 * low,
                    3.0 * p + high - 3.0 * low,
                    2.0 * p - high,
                    p - r,
                    2.0 * p - 2.0 * high + low,
                    3.0 * p - 3.0 * high + low,
                ]
            }
            1.0 => {
                let p = typical;
                let (a, b) = (0.382 * r, 0.618 * r);
                [p, p + a, p + b, p + r, n, p - a, p - b, p - r, n]
            }
            2.0 => {
                let d = |part: f64| r * 1.1 / part;
                let c = close;
                let [a, b, e, f] = [d(12.0), d(6.0), d(4.0), d(2.0)];
                [typical, c + a, c + b, c + e, c + f, c - a, c - b, c - e, c - f]
            }
            3.0 => {
                let p = (high + low + 2.0 * inputs[0][first]) / 4.0;
                let (r3, s3) = (high + 2.0 * (p - low), low - 2.0 * (high - p));
                [p, 2.0 * p - low, p + r, r3, r3 + r, 2.0 * p - high, p - r, s3, s3 - r]
            }
            _ => {
                let x = if close == open {
                    high + low + 2.0 * close
                } else if close > open {
                    2.0 * high + low + close
                } else {
                    high + 2.0 * low + close
                };
                [x / 4.0, x / 2.0 - low, n, n, n, x / 2.0 - high, n, n, n]
            }
        };
        for (output, level) in outputs.iter_mut().zip(levels) {
            output[row] = level;
        }
    }
    outputs
}

fn session_levels(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let firsts = begins(inputs[4], params[0], params[2]);
    let rows = firsts.len();
    let previous = |value: &dyn Fn(std::ops::Range<usize>) -> f64| {
        column(rows, 0, |row| match firsts[row] {
            0 => f64::NAN,
            first => value(firsts[first - 1]..first),
        })
    };
    vec![
        column(rows, 0, |row| inputs[0][firsts[row]]),
        column(rows, 0, |row| highest(&inputs[1][firsts[row]..=row])),
        column(rows, 0, |row| lowest(&inputs[2][firsts[row]..=row])),
        previous(&|session| highest(&inputs[1][session])),
        previous(&|session| lowest(&inputs[2][session])),
        previous(&|session| inputs[3][session.end - 1]),
    ]
}

fn opening_range(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let times = inputs[2];
    let firsts = begins(times, params[1], params[3]);
    let of = |prices: &[f64], row: usize| -> Vec<f64> {
        let opening = |bar: &usize| times[*bar] < times[firsts[row]] + 60_000.0 * params[0];
        (firsts[row]..=row).filter(opening).map(|bar| prices[bar]).collect()
    };
    vec![
        column(times.len(), 0, |row| highest(&of(inputs[0], row))),
        column(times.len(), 0, |row| lowest(&of(inputs[1], row))),
    ]
}

fn ichimoku(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let rows = inputs[0].len();
    let periods = [params[0], params[1], params[2]].map(|period| period as usize);
    let first = periods.iter().max().unwrap() - 1;
    let middle = |row: usize, period: usize| {
        (highest(&inputs[0][row + 1 - period..=row]) + lowest(&inputs[1][row + 1 - period..=row])) / 2.0
    };
    vec![
        column(rows, first, |row| middle(row, periods[0])),
        column(rows, first, |row| middle(row, periods[1])),
        column(rows, first, |row| (middle(row, periods[0]) + middle(row, periods[1])) / 2.0),
        column(rows, first, |row| middle(row, periods[2])),
        column(rows, first, |row| inputs[2][row]),
    ]
}

/// Legs one after another, as a trader with a ruler would: each until the first bar that turns it.
fn zigzag(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let (high, low, rows) = (inputs[0], inputs[1], inputs[0].len());
    let (down, up) = (1.0 - params[0] / 100.0, 1.0 + params[0] / 100.0);
    let mut outputs = vec![vec![f64::NAN; rows]; 5];
    let (mut rising, mut begin, mut pivot) = (true, 0, None);
    while begin < rows {
        let side = if rising { high } else { low };
        let beyond = |one: f64, other: f64| if rising { one > other } else { one < other };
        let extreme = |row: usize| {
            (begin..=row).reduce(|most, bar| if beyond(side[bar], side[most]) { bar } else { most })
        };
        let turns = |row: usize| {
            let before = side[extreme(row - 1).unwrap()];
            let far = if rising { low[row] <= before * down } else { high[row] >= before * up };
            far && !beyond(side[row], before)
        };
        let end = (begin + 1..rows).find(|row| turns(*row)).unwrap_or(rows);
        for row in begin..end {
            let leg = extreme(row).unwrap();
            outputs[0][row] = side[leg];
            outputs[1][row] = (row - leg) as f64;
            if let Some((bar, price)) = pivot {
                outputs[2][row] = price;
                outputs[3][row] = (row - bar) as f64;
            }
            outputs[4][row] = if rising { 1.0 } else { -1.0 };
        }
        let last = extreme(end - 1).unwrap();
        pivot = Some((last, side[last]));
        rising = !rising;
        begin = end;
    }
    outputs
}
