//! The other ways to begin an average: `TradingView`'s, from the code its language reference gives for `ta.ema`, `ta.rma`,
//! `ta.atr`, `ta.macd` and `ta.dmi`; Wilder's, from "New Concepts in Technical Trading Systems", 1978. TA-Lib's own are
//! compared with TA-Lib.

use super::{Case, Params, tools::column};

pub(super) const CASES: &[Case] = &[
    ("ema", ema, &[&[9.0, 1.0], &[1.0, 1.0], &[50.0, 1.0]]),
    ("macd", macd, &[&[12.0, 26.0, 9.0, 1.0], &[12.0, 26.0, 9.0, 2.0], &[5.0, 3.0, 1.0, 1.0]]),
    ("rsi", rsi, &[&[14.0, 1.0], &[3.0, 1.0]]),
    ("atr", atr, &[&[14.0, 1.0], &[1.0, 1.0]]),
    ("natr", natr, &[&[14.0, 1.0], &[3.0, 1.0]]),
    ("supertrend", supertrend, &[&[10.0, 3.0, 1.0], &[2.0, 1.0, 1.0]]),
    ("plus_di", plus_di, &[&[14.0, 1.0], &[3.0, 1.0]]),
    ("minus_di", minus_di, &[&[14.0, 1.0], &[3.0, 1.0]]),
    ("dx", dx, &[&[14.0, 1.0], &[3.0, 1.0]]),
    ("adx", adx, &[&[14.0, 1.0], &[3.0, 1.0]]),
    ("adxr", adxr, &[&[14.0, 1.0], &[3.0, 1.0]]),
];

/// An average of the values from `start` on that moves by `rate`: from the first, or from the mean of `period`.
fn smooth(values: &[f64], start: usize, period: usize, rate: f64, from_first: bool) -> Vec<f64> {
    let seed = if from_first { start } else { start + period - 1 };
    let mut average = f64::NAN;
    column(values.len(), seed, |row| {
        average = if row == seed {
            values[start..=seed].iter().sum::<f64>() / (seed + 1 - start) as f64
        } else {
            rate * values[row] + (1.0 - rate) * average
        };
        average
    })
}

fn exponential(values: &[f64], start: usize, period: usize, from_first: bool) -> Vec<f64> {
    smooth(values, start, period, 2.0 / (period as f64 + 1.0), from_first)
}

fn wilder(values: &[f64], start: usize, period: usize) -> Vec<f64> {
    smooth(values, start, period, 1.0 / period as f64, false)
}

fn ema(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![exponential(inputs[0], 0, params[0] as usize, params[1] == 1.0)]
}

fn minus(one: &[f64], other: &[f64]) -> Vec<f64> {
    one.iter().zip(other).map(|(one, other)| one - other).collect()
}

fn macd(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let [fast, slow, signal] = [params[0], params[1], params[2]].map(|period| period as usize);
    let (fast, slow) = (fast.min(slow), fast.max(slow));
    let first = params[3] == 2.0;
    let start = if params[3] == 0.0 { slow - fast } else { 0 };
    let macd = minus(&exponential(inputs[0], start, fast, first), &exponential(inputs[0], 0, slow, first));
    let begin = if first { 0 } else { slow - 1 };
    let signal = exponential(&macd, begin, signal, first);
    let warm: Vec<f64> = macd
        .iter()
        .zip(&signal)
        .map(|(macd, signal)| if signal.is_nan() { f64::NAN } else { *macd })
        .collect();
    vec![warm, signal.clone(), minus(&macd, &signal)]
}

fn rsi(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let (close, period) = (inputs[0], params[0] as usize);
    let rate = if params[1] == 0.0 { 1.0 / period as f64 } else { 2.0 / (period as f64 + 1.0) };
    let change = |row: usize| if row == 0 { 0.0 } else { close[row] - close[row - 1] };
    let side = |sign: f64| -> Vec<f64> {
        let values: Vec<f64> = (0..close.len()).map(|row| (sign * change(row)).max(0.0)).collect();
        smooth(&values, 1, period, rate, false)
    };
    let (up, down) = (side(1.0), side(-1.0));
    let value = |row: usize| {
        if up[row] + down[row] == 0.0 { 50.0 } else { 100.0 - 100.0 / (1.0 + up[row] / down[row]) }
    };
    vec![column(close.len(), period, value)]
}

/// Row 0, which has no close before it, is the bar's own range.
fn true_range(inputs: &[&[f64]]) -> Vec<f64> {
    let (high, low, close) = (inputs[0], inputs[1], inputs[2]);
    let of = |row: usize| {
        let range = high[row] - low[row];
        if row == 0 {
            range
        } else {
            range.max((high[row] - close[row - 1]).abs()).max((low[row] - close[row - 1]).abs())
        }
    };
    (0..high.len()).map(of).collect()
}

fn atr(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let start = usize::from(params.last() != Some(&1.0));
    vec![wilder(&true_range(inputs), start, params[0] as usize)]
}

fn natr(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let atr = atr(params, inputs).remove(0);
    vec![atr.iter().zip(inputs[2]).map(|(atr, close)| 100.0 * atr / close).collect()]
}

fn supertrend(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let (high, low, close) = (inputs[0], inputs[1], inputs[2]);
    let atr = atr(params, inputs).remove(0);
    let first = atr.iter().position(|value| !value.is_nan()).unwrap();
    let (mut line, mut direction) = (vec![f64::NAN; close.len()], vec![f64::NAN; close.len()]);
    let (mut upper, mut lower, mut rising) = (f64::INFINITY, f64::NEG_INFINITY, true);
    for row in first..close.len() {
        let middle = (high[row] + low[row]) / 2.0;
        let (above, below) = (middle + params[1] * atr[row], middle - params[1] * atr[row]);
        if row == first {
            (upper, lower) = (above, below);
        } else {
            upper = if above < upper || close[row - 1] > upper { above } else { upper };
            lower = if below > lower || close[row - 1] < lower { below } else { lower };
            rising = if rising { close[row] >= lower } else { close[row] > upper };
        }
        line[row] = if rising { lower } else { upper };
        direction[row] = if rising { 1.0 } else { -1.0 };
    }
    vec![line, direction]
}

/// Wilder's averages of movement up and down and of the true range, all from row 1 on.
fn movements(params: Params<'_>, inputs: &[&[f64]]) -> [Vec<f64>; 3] {
    let (high, low, period) = (inputs[0], inputs[1], params[0] as usize);
    let mut moves = [vec![0.0; high.len()], vec![0.0; high.len()], true_range(inputs)];
    for row in 1..high.len() {
        let (rise, fall) = (high[row] - high[row - 1], low[row - 1] - low[row]);
        moves[0][row] = if rise > fall && rise > 0.0 { rise } else { 0.0 };
        moves[1][row] = if fall > rise && fall > 0.0 { fall } else { 0.0 };
    }
    if params[1] == 0.0 {
        // TA-Lib's sums, of one value less at first.
        return moves.map(|values| {
            let mut sum: f64 = values[1..period].iter().sum();
            column(values.len(), period, |row| {
                sum = sum - sum / period as f64 + values[row];
                sum
            })
        });
    }
    moves.map(|values| wilder(&values, 1, period))
}

fn plus_di(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let [up, _, range] = movements(params, inputs);
    vec![up.iter().zip(range).map(|(up, range)| 100.0 * up / range).collect()]
}

fn minus_di(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let [_, down, range] = movements(params, inputs);
    vec![down.iter().zip(range).map(|(down, range)| 100.0 * down / range).collect()]
}

fn dx(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let (plus, minus) = (plus_di(params, inputs).remove(0), minus_di(params, inputs).remove(0));
    // A bar without movement keeps the index before it.
    let mut before = 0.0;
    let index = |(plus, minus): (f64, f64)| {
        if plus + minus != 0.0 {
            before = 100.0 * (plus - minus).abs() / (plus + minus);
        }
        if plus.is_nan() { f64::NAN } else { before }
    };
    vec![plus.into_iter().zip(minus).map(index).collect()]
}

fn adx(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let (dx, period) = (dx(params, inputs).remove(0), params[0] as usize);
    vec![wilder(&dx, period, period)]
}

fn adxr(params: Params<'_>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let (adx, period) = (adx(params, inputs).remove(0), params[0] as usize);
    vec![column(adx.len(), 3 * period - 2, |row| (adx[row] + adx[row + 1 - period]) / 2.0)]
}
