//! Bands, channels and stops.

use super::averages::whole;
use super::smoothing::{each, ema, highest, lowest, median, recursive, rma, rolling, shifted, sma};
use super::tools::{column, mean, window};
use super::{Case, Params};

pub(super) const CASES: &[Case] = &[
    ("starc", starc, &[&[20.0, 4.0, 1.5, 0.0], &[1.0, 1.0, 0.0, 1.0]]),
    ("atrbands", atrbands, &[&[1.0, 0.5, 0.0], &[5.0, 2.0, 1.0]]),
    ("price_channel", price_channel, &[&[1.0], &[55.0]]),
    ("linearreg_channel", linearreg_channel, &[&[3.0, 1.0], &[20.0, 0.5]]),
    ("sebands", sebands, &[&[3.0, 1.0, 1.0], &[30.0, 10.0, 3.0]]),
    ("maenv", maenv, &[&[5.0, 10.0, 0.0], &[30.0, 1.0, 1.0]]),
    ("percentb", percentb, &[&[5.0, 1.0], &[50.0, 3.0]]),
    ("bbw", bbw, &[&[2.0, 1.0], &[50.0, 3.0]]),
    ("atrts", atrts, &[&[21.0, 2.0, 0.0], &[1.0, 1.0, 1.0]]),
    ("chandelier", chandelier, &[&[1.0, 1.0, 0.0], &[10.0, 2.0, 1.0]]),
    ("cksp", cksp, &[&[10.0, 3.0, 20.0, 0.0], &[1.0, 1.0, 1.0, 1.0]]),
    ("vstop", vstop, &[&[7.0, 3.0, 1.0], &[1.0, 0.5, 0.0]]),
    ("hilo", hilo, &[&[1.0], &[13.0]]),
    ("halftrend", halftrend, &[&[1.0, 1.0, 5.0, 1.0], &[8.0, 3.0, 4.0, 0.0]]),
    ("projection", |p, x| projection(p, x).into(), &[&[2.0], &[40.0]]),
    ("projection_osc", projection_osc, &[&[3.0], &[40.0]]),
    ("pmax", pmax, &[&[5.0, 20.0, 1.0, 0.0, 1.0], &[20.0, 5.0, 2.0, 1.0, 0.0]]),
    ("ott", ott, &[&[20.0, 3.0, 2.0], &[1.0, 0.2, 0.0]]),
    ("zlsma", zlsma, &[&[2.0], &[10.0]]),
    ("rema", rema, &[&[1.0, 3.0], &[30.0, 0.0]]),
    ("leader", leader, &[&[1.0], &[5.0]]),
    ("hwc", hwc, &[&[0.5, 0.0, 0.0, 0.5, 2.0]]),
];

/// Of columns high, low, close; `first` is 1 where the first bar has a range.
fn atr(x: &[&[f64]], period: f64, first: f64) -> Vec<f64> {
    let (high, low, close) = (x[0], x[1], x[2]);
    let range = column(close.len(), 1 - whole(first), |i| {
        if i == 0 {
            return high[i] - low[i];
        }
        let before = close[i - 1];
        (high[i] - low[i]).max((high[i] - before).abs()).max((low[i] - before).abs())
    });
    rma(&range, whole(period))
}

/// All outputs begin with the last one that does.
fn together<const N: usize>(outputs: [Vec<f64>; N]) -> Vec<Vec<f64>> {
    let rows = outputs[0].len();
    let first = (0..rows).find(|i| outputs.iter().all(|output| !output[*i].is_nan())).unwrap_or(rows);
    outputs.map(|output| column(rows, first, |i| output[i])).into()
}

fn around(middle: &[f64], width: &[f64]) -> Vec<Vec<f64>> {
    together([
        each(middle, width, |middle, width| middle + width),
        middle.to_vec(),
        each(middle, width, |middle, width| middle - width),
    ])
}

fn scaled(values: &[f64], by: f64) -> Vec<f64> {
    values.iter().map(|value| value * by).collect()
}

fn starc(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    around(&sma(x[2], whole(p[0])), &scaled(&atr(x, p[1], p[3]), p[2]))
}

fn atrbands(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut bands = around(x[2], &scaled(&atr(x, p[0], p[2]), p[1]));
    bands.remove(1);
    bands
}

fn price_channel(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let upper = shifted(&highest(x[0], whole(p[0])), 1);
    let lower = shifted(&lowest(x[1], whole(p[0])), 1);
    vec![upper.clone(), median(&upper, &lower), lower]
}

/// Intercept and slope of the least-squares line, bars numbered from 0.
fn line(y: &[f64]) -> (f64, f64) {
    let places: Vec<f64> = (0..y.len()).map(|k| k as f64).collect();
    let (mx, my) = (mean(&places), mean(y));
    let products: f64 = places.iter().zip(y).map(|(k, y)| (k - mx) * (y - my)).sum();
    let slope = products / places.iter().map(|k| (k - mx).powi(2)).sum::<f64>();
    (my - slope * mx, slope)
}

fn line_end(y: &[f64]) -> f64 {
    let (start, slope) = line(y);
    start + slope * (y.len() as f64 - 1.0)
}

/// Sum of squared distances from the line.
fn squares(y: &[f64]) -> f64 {
    let (start, slope) = line(y);
    y.iter().enumerate().map(|(k, y)| (y - start - slope * k as f64).powi(2)).sum()
}

fn linearreg_channel(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = whole(p[0]);
    let width = rolling(x[0], n, |y| p[1] * (squares(y) / p[0]).sqrt());
    around(&rolling(x[0], n, line_end), &width)
}

fn sebands(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (n, smoothing) = (whole(p[0]), whole(p[1]));
    let error = rolling(x[0], n, |y| (squares(y) / (p[0] - 2.0)).sqrt());
    around(&sma(&rolling(x[0], n, line_end), smoothing), &scaled(&sma(&error, smoothing), p[2]))
}

fn maenv(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let middle = if p[2] == 0.0 { sma(x[0], whole(p[0])) } else { ema(x[0], whole(p[0])) };
    around(&middle, &scaled(&middle, p[1] / 100.0))
}

fn deviation(values: &[f64]) -> f64 {
    let middle = mean(values);
    (values.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}

fn percentb(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![rolling(x[0], whole(p[0]), |y| {
        let (middle, width) = (mean(y), p[1] * deviation(y));
        let (upper, lower) = (middle + width, middle - width);
        if width == 0.0 { 0.5 } else { (y[y.len() - 1] - lower) / (upper - lower) }
    })]
}

fn bbw(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    vec![rolling(x[0], whole(p[0]), |y| 100.0 * 2.0 * p[1] * deviation(y) / mean(y))]
}

fn atrts(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (close, n) = (x[2], whole(p[0]) - whole(p[2]));
    let loss = scaled(&atr(x, p[0], p[2]), p[1]);
    let (mut stop, mut side) = (vec![f64::NAN; close.len()], vec![f64::NAN; close.len()]);
    for i in n..close.len() {
        let (below, above) = (close[i] - loss[i], close[i] + loss[i]);
        (stop[i], side[i]) = if i == n {
            (below, 1.0)
        } else if side[i - 1] > 0.0 {
            if close[i] < stop[i - 1] { (above, -1.0) } else { (below.max(stop[i - 1]), 1.0) }
        } else if close[i] > stop[i - 1] {
            (below, 1.0)
        } else {
            (above.min(stop[i - 1]), -1.0)
        };
    }
    vec![stop, side]
}

/// Stops of the window's extremes.
fn hanging(p: Params<'_>, x: &[&[f64]], first: f64) -> [Vec<f64>; 2] {
    let n = whole(p[0]);
    let distance = scaled(&atr(x, p[0], first), p[1]);
    [
        each(&highest(x[0], n), &distance, |top, distance| top - distance),
        each(&lowest(x[1], n), &distance, |bottom, distance| bottom + distance),
    ]
}

fn chandelier(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    hanging(p, x, p[2]).into()
}

fn cksp(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let [long, short] = hanging(p, x, p[3]);
    vec![highest(&long, whole(p[2])), lowest(&short, whole(p[2]))]
}

fn vstop(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (close, n) = (x[2], whole(p[0]) - whole(p[2]));
    let distance = scaled(&atr(x, p[0], p[2]), p[1]);
    let (mut top, mut bottom, mut stop, mut rising) = (close[n], close[n], close[n] - distance[n], true);
    let rows: Vec<[f64; 2]> = (n..close.len())
        .map(|i| {
            let (price, d) = (close[i], distance[i]);
            (top, bottom) = (top.max(price), bottom.min(price));
            stop = if rising { stop.max(top - d) } else { stop.min(bottom + d) };
            let rises = price - stop >= 0.0;
            if rises != rising {
                (top, bottom) = (price, price);
                stop = if rises { top - d } else { bottom + d };
            }
            rising = rises;
            [stop, if rising { 1.0 } else { -1.0 }]
        })
        .collect();
    [0, 1].map(|k| column(close.len(), n, |i| rows[i - n][k])).into()
}

fn hilo(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = whole(p[0]);
    let (upper, lower, close) = (sma(x[0], n), sma(x[1], n), x[2]);
    // The last bar that closed outside decides.
    let rises = |i: usize| {
        let outside = (n..=i).rev().find(|k| close[*k] > upper[k - 1] || close[*k] < lower[k - 1]);
        outside.is_none_or(|k| close[k] > upper[k - 1])
    };
    vec![
        column(close.len(), n, |i| if rises(i) { lower[i] } else { upper[i] }),
        column(close.len(), n, |i| if rises(i) { 1.0 } else { -1.0 }),
    ]
}

/// With the variables of the published script.
fn halftrend(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (high, low, close) = (x[0], x[1], x[2]);
    let (amplitude, rows) = (whole(p[0]), close.len());
    let (high_price, low_price) = (highest(high, amplitude), lowest(low, amplitude));
    let (high_ma, low_ma) = (sma(high, amplitude), sma(low, amplitude));
    let half = scaled(&atr(x, p[2], p[3]), 0.5);
    let start = amplitude - 1;
    let before = start.saturating_sub(1);
    let (mut trend, mut next) = (vec![0; rows], 0);
    let (mut max_low, mut min_high) = (low[before], high[before]);
    let (mut up, mut down) = (vec![f64::NAN; rows], vec![f64::NAN; rows]);
    let mut line = vec![f64::NAN; rows];
    for i in start..rows {
        if i > start {
            trend[i] = trend[i - 1];
        }
        let back = i.saturating_sub(1);
        if next == 1 {
            max_low = low_price[i].max(max_low);
            if high_ma[i] < max_low && close[i] < low[back] {
                (trend[i], next, min_high) = (1, 0, high_price[i]);
            }
        } else {
            min_high = high_price[i].min(min_high);
            if low_ma[i] > min_high && close[i] > high[back] {
                (trend[i], next, max_low) = (0, 1, low_price[i]);
            }
        }
        let turned = i > start && trend[i - 1] != trend[i];
        if trend[i] == 0 {
            up[i] = if turned {
                down[i - 1]
            } else if i == start {
                max_low
            } else {
                max_low.max(up[i - 1])
            };
        } else {
            down[i] = if turned { up[i - 1] } else { min_high.min(down[i - 1]) };
        }
        line[i] = if trend[i] == 0 { up[i] } else { down[i] };
    }
    let side: Vec<f64> = trend.iter().map(|trend| if *trend == 0 { 1.0 } else { -1.0 }).collect();
    let width = scaled(&half, p[1]);
    together([
        line.clone(),
        each(&line, &width, |line, width| line + width),
        each(&line, &width, |line, width| line - width),
        side,
    ])
}

fn projection(p: Params<'_>, x: &[&[f64]]) -> [Vec<f64>; 2] {
    let carried = |y: &[f64]| -> Vec<f64> {
        let (_, slope) = line(y);
        y.iter().rev().enumerate().map(|(k, y)| y + k as f64 * slope).collect()
    };
    let n = whole(p[0]);
    [
        rolling(x[0], n, |y| carried(y).into_iter().fold(f64::MIN, f64::max)),
        rolling(x[1], n, |y| carried(y).into_iter().fold(f64::MAX, f64::min)),
    ]
}

fn projection_osc(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let [upper, lower] = projection(p, x);
    let place = |i: usize| 100.0 * (x[2][i] - lower[i]) / (upper[i] - lower[i]);
    vec![(0..upper.len()).map(place).collect()]
}

/// The stop of the trend and its direction, around a line.
fn ratchet(line: &[f64], distance: &[f64]) -> [Vec<f64>; 2] {
    let rows = line.len();
    let start = (0..rows).find(|i| !(line[*i] + distance[*i]).is_nan()).unwrap();
    let mut long = each(line, distance, |line, distance| line - distance);
    let mut short = each(line, distance, |line, distance| line + distance);
    let mut side = vec![f64::NAN; rows];
    side[start] = 1.0;
    for i in start + 1..rows {
        if line[i] > long[i - 1] {
            long[i] = long[i].max(long[i - 1]);
        }
        if line[i] < short[i - 1] {
            short[i] = short[i].min(short[i - 1]);
        }
        side[i] = if side[i - 1] == -1.0 && line[i] > short[i - 1] {
            1.0
        } else if side[i - 1] == 1.0 && line[i] < long[i - 1] {
            -1.0
        } else {
            side[i - 1]
        };
    }
    let stop = column(rows, start, |i| if side[i] == 1.0 { long[i] } else { short[i] });
    [stop, side]
}

fn pmax(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let price = median(x[0], x[1]);
    let average = if p[3] == 0.0 { sma(&price, whole(p[0])) } else { ema(&price, whole(p[0])) };
    let [stop, side] = ratchet(&average, &scaled(&atr(x, p[1], p[4]), p[2]));
    together([stop, average, side])
}

fn ott(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let x = x[0];
    let mut last = x[8];
    let average = column(x.len(), 9, |i| {
        let changes: Vec<f64> = window(x, i, 10).windows(2).map(|pair| pair[1] - pair[0]).collect();
        let up: f64 = changes.iter().filter(|change| **change > 0.0).sum();
        let down: f64 = -changes.iter().filter(|change| **change < 0.0).sum::<f64>();
        let cmo = if up + down == 0.0 { 0.0 } else { (up - down) / (up + down) };
        let rate = 2.0 / (p[0] + 1.0) * cmo.abs();
        last = rate * x[i] + (1.0 - rate) * last;
        last
    });
    let [stop, side] = ratchet(&average, &scaled(&average, p[1] * 0.01));
    let drawn = each(&average, &stop, |average, stop| {
        if average > stop { stop * (200.0 + p[1]) / 200.0 } else { stop * (200.0 - p[1]) / 200.0 }
    });
    vec![drawn, average, side]
}

fn zlsma(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let once = rolling(x[0], whole(p[0]), line_end);
    let twice = rolling(&once, whole(p[0]), line_end);
    vec![each(&once, &twice, |once, twice| 2.0 * once - twice)]
}

fn rema(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let (a, lambda) = (2.0 / (p[0] + 1.0), p[1]);
    vec![recursive(
        x[0],
        |first| first,
        |x, y| (y(1) * (1.0 + 2.0 * lambda) + a * (x(0) - y(1)) - lambda * y(2)) / (1.0 + lambda),
    )]
}

fn leader(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let average = ema(x[0], whole(p[0]));
    let ahead = ema(&each(x[0], &average, |x, average| x - average), whole(p[0]));
    vec![each(&average, &ahead, |average, ahead| average + ahead)]
}

fn hwc(p: Params<'_>, x: &[&[f64]]) -> Vec<Vec<f64>> {
    let x = x[0];
    let middle = super::averages::hwma(p, &[x]).remove(0);
    let mut variance = vec![0.0; x.len()];
    for i in 1..x.len() {
        variance[i] = (1.0 - p[3]) * variance[i - 1] + p[3] * (x[i - 1] - middle[i - 1]).powi(2);
    }
    let width: Vec<f64> =
        (0..x.len()).map(|i| if i == 0 { 0.0 } else { p[4] * variance[i - 1].sqrt() }).collect();
    around(&middle, &width)
}
