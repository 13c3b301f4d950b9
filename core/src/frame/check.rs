//! What is wrong with market data, or odd about it.

use std::fmt;

use super::fill::{missing, step};
use super::{Frame, TimeMs};

/// How many rows of a kind are listed; all are counted.
const LISTED: usize = 100;
/// Rows on either side that a price is compared with.
const AROUND: usize = 5;
/// An outlier is so many times as far from the prices around it as prices usually are.
const FAR: f64 = 30.0;

/// What can be wrong with a row, or odd about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Finding {
    /// Its time is earlier than the row's before.
    Backward,
    /// Its time is the row's before.
    Repeated,
    /// A number of a candle is NaN or infinite.
    NotFinite,
    /// The high is below the low.
    HighBelowLow,
    /// The volume is negative.
    NegativeVolume,
    /// A price is 0 or less. Spreads and some futures have such.
    NotPositive,
    /// Open or close lies outside low to high. Exchanges publish such bars.
    Outside,
    /// A price is thirty times as far from the median close of the five rows on either side as is usual in the series.
    Outlier,
    /// Rows are missing before it, at the usual step.
    Gap,
}

impl Finding {
    /// Whether it breaks a rule of [`Candle::validate`](super::Candle::validate) or of [`Frame`]; otherwise it is odd.
    #[must_use]
    pub fn is_error(self) -> bool {
        !matches!(self, Self::NotPositive | Self::Outside | Self::Outlier | Self::Gap)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Backward => "earlier than the row before",
            Self::Repeated => "time repeated",
            Self::NotFinite => "not a finite number",
            Self::HighBelowLow => "high below low",
            Self::NegativeVolume => "negative volume",
            Self::NotPositive => "price 0 or less",
            Self::Outside => "open or close outside low to high",
            Self::Outlier => "price far from those around it",
            Self::Gap => "rows missing before it",
        })
    }
}

/// A row with something wrong or odd.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// What it is.
    pub finding: Finding,
    /// Its place, the first row's being 0.
    pub row: usize,
    /// Its time.
    pub time: TimeMs,
    /// The numbers that show it.
    pub detail: String,
}

/// What [`Frame::check`] found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How many rows were looked at.
    pub rows: usize,
    /// The usual distance of two times, in milliseconds; `None` for fewer than two rows.
    pub step: Option<i64>,
    /// The first hundred rows of each finding, by finding and row.
    pub issues: Vec<Issue>,
    /// How many rows there are of each finding, of those that were found.
    pub counts: Vec<(Finding, usize)>,
    /// How many rows are missing in all, at the usual step.
    pub missing: u64,
}

impl Report {
    /// How many rows break a rule, counted once for each.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.counts.iter().filter(|(finding, _)| finding.is_error()).map(|(_, count)| count).sum()
    }

    fn add(&mut self, finding: Finding, row: usize, time: TimeMs, detail: impl FnOnce() -> String) {
        let at = self.counts.iter().position(|(counted, _)| *counted == finding).unwrap_or_else(|| {
            self.counts.push((finding, 0));
            self.counts.len() - 1
        });
        let count = &mut self.counts[at].1;
        *count += 1;
        if *count <= LISTED {
            self.issues.push(Issue { finding, row, time, detail: detail() });
        }
    }
}

impl Frame {
    /// Looks for what is wrong or odd: see [`Finding`] for what, and [`examine`] for data that is not a frame.
    ///
    /// ```
    /// use atra_core::frame::Finding;
    /// use atra_core::{Candle, Frame};
    ///
    /// let candle = |bar: i64| {
    ///     let price = 100.0 + (bar % 3) as f64;
    ///     Candle { time: bar * 60_000, open: price, high: price, low: price, close: price, volume: 1.0 }
    /// };
    /// let mut frame = Frame::candles((0..40).filter(|bar| *bar != 20).map(candle))?;
    /// frame.push(Candle { high: 1_000.0, ..candle(40) })?;
    /// let report = frame.check();
    /// assert_eq!(report.counts, [(Finding::Outlier, 1), (Finding::Gap, 1)]);
    /// assert_eq!(report.issues[1].detail, "1 row of 60000 ms after 1140000");
    /// assert_eq!(report.errors(), 0);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    #[must_use]
    pub fn check(&self) -> Report {
        let columns: Vec<(&str, &[f64])> =
            self.columns.iter().map(|column| (column.name.as_str(), column.values.as_slice())).collect();
        examine(&self.time, &columns)
    }
}

/// Looks for what is wrong or odd in times and columns of one length that need not make a frame: the times may be in any
/// order. Rows past the end of the shortest column are not looked at.
#[must_use]
pub fn examine(times: &[TimeMs], columns: &[(&str, &[f64])]) -> Report {
    let rows = columns.iter().map(|(_, values)| values.len()).fold(times.len(), usize::min);
    let times = &times[..rows];
    let named = |name: &str| columns.iter().find(|column| column.0 == name).map(|column| &column.1[..rows]);
    let prices: Vec<(&str, &[f64])> =
        ["open", "high", "low", "close"].into_iter().filter_map(|name| Some((name, named(name)?))).collect();
    let mut report = Report { rows, step: step(times), ..Report::default() };
    for (row, pair) in times.windows(2).enumerate() {
        let (before, time) = (pair[0], pair[1]);
        if time < before {
            report.add(Finding::Backward, row + 1, time, || format!("{time} after {before}"));
        } else if time == before {
            report.add(Finding::Repeated, row + 1, time, || format!("{time} again"));
        }
    }
    let volume = named("volume").map(|volume| ("volume", volume));
    for (row, &time) in times.iter().enumerate() {
        for &(name, values) in prices.iter().chain(&volume) {
            let value = values[row];
            if !value.is_finite() {
                report.add(Finding::NotFinite, row, time, || format!("{name} {value}"));
            } else if name == "volume" && value < 0.0 {
                report.add(Finding::NegativeVolume, row, time, || format!("{name} {value}"));
            } else if name != "volume" && value <= 0.0 {
                report.add(Finding::NotPositive, row, time, || format!("{name} {value}"));
            }
        }
        if let [(_, open), (_, high), (_, low), (_, close)] = prices[..] {
            let [open, high, low, close] = [open[row], high[row], low[row], close[row]];
            if high < low {
                report.add(Finding::HighBelowLow, row, time, || format!("high {high}, low {low}"));
            } else if open > high || open < low || close > high || close < low {
                let detail = || format!("open {open}, high {high}, low {low}, close {close}");
                report.add(Finding::Outside, row, time, detail);
            }
        }
    }
    outliers(times, &prices, &mut report);
    if let Some(step) = report.step {
        for (row, pair) in times.windows(2).enumerate() {
            let missing = missing(pair[0], pair[1], step);
            if missing > 0 {
                report.missing = report.missing.saturating_add(missing);
                let rows = if missing == 1 { "row" } else { "rows" };
                let detail = || format!("{missing} {rows} of {step} ms after {}", pair[0]);
                report.add(Finding::Gap, row + 1, pair[1], detail);
            }
        }
    }
    report.issues.sort_by_key(|issue| (issue.finding, issue.row));
    report.counts.sort_by_key(|count| count.0);
    report
}

/// A price is judged by its distance from the median close around its row, in shares of that; distances by their median.
fn outliers(times: &[TimeMs], prices: &[(&str, &[f64])], report: &mut Report) {
    let Some(&(_, close)) = prices.iter().find(|(name, _)| *name == "close") else { return };
    let mut around = Vec::with_capacity(2 * AROUND);
    let usual: Vec<f64> = (0..close.len())
        .map(|row| {
            around.clear();
            let rows = row.saturating_sub(AROUND)..close.len().min(row + AROUND + 1);
            around.extend(
                rows.filter(|&other| other != row).map(|other| close[other]).filter(|x| x.is_finite()),
            );
            median(&mut around)
        })
        .collect();
    let distance = |price: f64, row: usize| ((price - usual[row]) / usual[row]).abs();
    let mut distances: Vec<f64> =
        (0..close.len()).map(|row| distance(close[row], row)).filter(|x| x.is_finite() && *x > 0.0).collect();
    let limit = FAR * median(&mut distances);
    for (row, &time) in times.iter().enumerate() {
        let farthest = prices
            .iter()
            .map(|(name, values)| (*name, values[row], distance(values[row], row)))
            .filter(|(_, _, distance)| distance.is_finite())
            .reduce(|a, b| if b.2 > a.2 { b } else { a });
        if let Some((name, price, distance)) = farthest
            && distance > limit
        {
            let around = usual[row];
            report.add(Finding::Outlier, row, time, || format!("{name} {price}, around it {around}"));
        }
    }
}

/// NaN of nothing. The lower of two in the middle.
fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    let middle = (values.len() - 1) / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}
