//! Long, hard series against arithmetic of twice the precision: nothing drifts over a million bars, and a spike is
//! forgotten with the window it was in.

use atra_core::{Args, registry};

const BARS: usize = 1_000_000;
const SPIKE: usize = 500_123;
const PERIOD: usize = 20;

/// A number as the unevaluated sum of two: about 32 digits (Dekker, 1971).
#[derive(Clone, Copy, Default)]
struct Double {
    high: f64,
    low: f64,
}

impl From<f64> for Double {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

impl Double {
    fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let back = high - a;
        Self { high, low: (a - (high - back)) + (b - back) }
    }

    fn plus(self, other: Self) -> Self {
        let sum = Self::sum(self.high, other.high);
        Self::sum(sum.high, sum.low + self.low + other.low)
    }

    fn minus(self, other: Self) -> Self {
        self.plus(Self { high: -other.high, low: -other.low })
    }

    fn times(self, other: Self) -> Self {
        let high = self.high * other.high;
        let low = self.high.mul_add(other.high, -high);
        Self::sum(high, low + (self.high * other.low + self.low * other.high))
    }

    fn over(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self.minus(other.times(first.into()));
        Self::sum(first, rest.high / other.high)
    }

    fn sqrt(self) -> Self {
        if self.high <= 0.0 {
            return Self::default();
        }
        let first = self.high.sqrt();
        let rest = self.minus(Self::from(first).times(first.into()));
        Self::sum(first, rest.high / (2.0 * first))
    }
}

/// The series that break running sums: a walk, tiny moves at a high price, a spike, a tiny price.
fn series() -> [(&'static str, Vec<f64>); 4] {
    let mut seed = 7_u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    let mut walk = |start: f64, step: f64| -> Vec<f64> {
        let mut price = start;
        (0..BARS)
            .map(|_| {
                price = (price + step * random()).abs().max(start * 0.01);
                price
            })
            .collect()
    };
    let plain = walk(100.0, 1.0);
    let mut spiked = walk(100.0, 1.0);
    spiked[SPIKE] = 1e9;
    let tiny = walk(1e-5, 1e-7);
    let close: Vec<f64> = (0..BARS).map(|_| 60_000.0 + 0.01 * random()).collect();
    [("walk", plain), ("60000 ± 0.005", close), ("spike of 1e9", spiked), ("price of 1e-5", tiny)]
}

fn compute(id: &str, args: &Args, columns: &[&[f64]]) -> Vec<Vec<f64>> {
    registry::find(id).unwrap().build(args).unwrap().compute_columns(columns).unwrap()
}

/// Rows to look at: everywhere, and each one after the spike.
fn rows() -> impl Iterator<Item = usize> {
    (100..BARS).filter(|row| row % 61 == 0 || (SPIKE..SPIKE + 200).contains(row))
}

/// The largest error of a column, in units of `scale(row)`.
fn check(
    what: &str,
    ours: &[f64],
    allowed: f64,
    exact: impl Fn(usize) -> Double,
    scale: impl Fn(usize) -> f64,
) {
    for row in rows() {
        let error = Double::from(ours[row]).minus(exact(row));
        let error = (error.high + error.low).abs() / scale(row);
        assert!(
            error <= allowed,
            "{what}, row {row}: {:?} is off by {error:e} of {:e}",
            ours[row],
            scale(row)
        );
    }
}

fn largest(x: &[f64], row: usize, period: usize) -> f64 {
    x[row + 1 - period..=row].iter().fold(0.0, |most: f64, value| most.max(value.abs()))
}

#[test]
fn windows_are_exact_to_the_last_digits() {
    let n = Double::from(PERIOD as f64);
    let args = Args::new().with("period", PERIOD as f64);
    for (name, x) in &series() {
        let window = |row: usize| x[row + 1 - PERIOD..=row].iter().map(|value| Double::from(*value));
        let total = |row: usize| window(row).fold(Double::default(), Double::plus);
        let mean = |row: usize| total(row).over(n);
        let weighted = |row: usize| {
            window(row).zip(1..).fold(Double::default(), |sum, (value, weight)| {
                sum.plus(value.times(f64::from(weight).into()))
            })
        };
        let variance = |row: usize| {
            let mean = mean(row);
            let square = |value: Double| value.minus(mean).times(value.minus(mean));
            window(row).map(square).fold(Double::default(), Double::plus).over(n)
        };
        let scale = |row: usize| largest(x, row, PERIOD);
        let one = |id: &str| compute(id, &args, &[x]).remove(0);
        check(&format!("sum on {name}"), &one("sum"), 1e-13, total, |row| PERIOD as f64 * scale(row));
        check(&format!("sma on {name}"), &one("sma"), 1e-13, mean, scale);
        let weights = Double::from((PERIOD * (PERIOD + 1) / 2) as f64);
        check(&format!("wma on {name}"), &one("wma"), 1e-13, |row| weighted(row).over(weights), scale);
        let half = Double::from(0.5 * (PERIOD as f64 + 1.0));
        let squares = Double::from((PERIOD * (PERIOD * PERIOD - 1)) as f64 / 12.0);
        let slope = |row: usize| weighted(row).minus(total(row).times(half)).over(squares);
        let end = |row: usize| mean(row).plus(slope(row).times(Double::from((PERIOD as f64 - 1.0) / 2.0)));
        check(&format!("linearreg on {name}"), &one("linearreg"), 1e-13, end, scale);
        let deviation = |row: usize| variance(row).sqrt();
        check(&format!("stddev on {name}"), &one("stddev"), 1e-12, deviation, |row| deviation(row).high);
        let bands = compute("bbands", &args, &[x]);
        let upper = |row: usize| mean(row).plus(deviation(row).times(2.0.into()));
        check(&format!("bbands on {name}"), &bands[0], 1e-13, upper, scale);
    }
}

#[test]
fn averages_that_remember_do_not_drift() {
    for (name, x) in &series() {
        let rate = Double::from(2.0).over(Double::from(PERIOD as f64 + 1.0));
        let seed = x[..PERIOD].iter().fold(Double::default(), |sum, value| sum.plus((*value).into()));
        let mut average = seed.over(Double::from(PERIOD as f64));
        let mut exact = vec![Double::default(); BARS];
        for row in PERIOD..BARS {
            average = average.plus(Double::from(x[row]).minus(average).times(rate));
            exact[row] = average;
        }
        let ours = compute("ema", &Args::new().with("period", PERIOD as f64), &[x]).remove(0);
        // The average itself is the larger one for a while after the spike.
        let scale = |row: usize| largest(x, row, PERIOD).max(exact[row].high);
        check(&format!("ema on {name}"), &ours, 1e-13, |row| exact[row], scale);

        let share = Double::from(1.0).over(Double::from(14.0));
        let (mut up, mut down, mut strength) =
            (Double::default(), Double::default(), vec![Double::default(); BARS]);
        for row in 1..BARS {
            let change = Double::from(x[row]).minus(Double::from(x[row - 1]));
            let [gain, loss] = if change.high > 0.0 {
                [change, Double::default()]
            } else {
                [Double::default(), Double::default().minus(change)]
            };
            if row <= 14 {
                (up, down) = (up.plus(gain.times(share)), down.plus(loss.times(share)));
            } else {
                up = up.plus(gain.minus(up).times(share));
                down = down.plus(loss.minus(down).times(share));
            }
            strength[row] = Double::from(100.0).times(up).over(up.plus(down));
        }
        let ours = compute("rsi", &Args::new(), &[x]).remove(0);
        check(&format!("rsi on {name}"), &ours, 1e-11, |row| strength[row], |_| 1.0);

        let (high, low): (Vec<f64>, Vec<f64>) = x.iter().map(|price| (price * 1.001, price * 0.999)).unzip();
        let (mut range, mut ranges) = (Double::default(), vec![Double::default(); BARS]);
        for row in 1..BARS {
            let reach =
                (high[row] - x[row - 1]).abs().max((low[row] - x[row - 1]).abs()).max(high[row] - low[row]);
            range = if row <= 14 {
                range.plus(Double::from(reach).times(share))
            } else {
                range.plus(Double::from(reach).minus(range).times(share))
            };
            ranges[row] = range;
        }
        let ours = compute("atr", &Args::new(), &[&high, &low, x]).remove(0);
        let scale = |row: usize| largest(x, row, PERIOD).max(ranges[row].high);
        check(&format!("atr on {name}"), &ours, 1e-13, |row| ranges[row], scale);
    }
}

/// Nothing moves: every deviation, range and move is exactly 0, at any price.
#[test]
fn a_flat_series_gives_exact_zeros() {
    for price in [1e-8, 0.1, 100.1, 60_000.7] {
        let flat = vec![price; 300];
        for (id, expected) in [
            ("stddev", 0.0),
            ("var", 0.0),
            ("mom", 0.0),
            ("macd", 0.0),
            ("sma", price),
            ("ema", price),
            ("wma", price),
            ("linearreg", price),
        ] {
            let entry = registry::find(id).unwrap();
            let indicator = entry.build(&Args::new()).unwrap();
            let column = &indicator.compute_columns(&[&flat]).unwrap()[0][indicator.lookback()..];
            assert!(column.iter().all(|value| *value == expected), "{id} at {price}: {column:?}");
        }
        for id in ["atr", "trange", "adx", "cci"] {
            let indicator = registry::find(id).unwrap().build(&Args::new()).unwrap();
            let column =
                &indicator.compute_columns(&[&flat, &flat, &flat]).unwrap()[0][indicator.lookback()..];
            assert!(column.iter().all(|value| *value == 0.0), "{id} at {price}: {column:?}");
        }
    }
}
