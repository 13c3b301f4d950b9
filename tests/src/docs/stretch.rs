//! Which bars an indicator is shown on.

use std::borrow::Cow;
use std::ops::Range;

use atra_core::num::max;
use atra_core::spec::{Input, Plot, Spec};
use atra_core::{Args, Error, ErrorKind, Frame, Result, registry::Entry};

use super::scale::range;
use crate::sample;

/// The sample files in the order they are tried, what they are, and how many of their bars are used. Bitcoin ends in the
/// summer of 2019, which has a rise and a fall; its last months quadruple the price, and all before looks flat.
const SERIES: [(&str, &str, usize); 6] = [
    ("btcusd_1d", "BTC/USD, 1 day", 730),
    ("aapl_1d", "Apple, 1 day", usize::MAX),
    ("ibm_1d", "IBM, 1 day", usize::MAX),
    ("btcusd_4h", "BTC/USD, 4 hours", usize::MAX),
    ("us500_1m", "US 500, 1 minute", usize::MAX),
    ("patterns", "synthetic candles", usize::MAX),
];

/// The sample series, read once.
pub(super) struct Samples(Vec<(&'static str, Frame)>);

impl Samples {
    pub(super) fn read() -> Result<Self> {
        let series = SERIES.into_iter().map(|(file, title, bars)| {
            let frame = sample(file).head(bars);
            // What MAVP reads beside candles, as in the golden files.
            let periods = (0..frame.len()).map(|row| (row * 7 % 31) as f64).collect();
            Ok((title, frame.with_column("periods", periods)?))
        });
        Ok(Self(series.collect::<Result<_>>()?))
    }
}

/// Bars of a sample series and what an indicator gives on the whole series.
pub(super) struct Stretch<'a> {
    pub(super) title: &'static str,
    pub(super) frame: &'a Frame,
    pub(super) rows: Range<usize>,
    /// The outputs, in order, over the whole series.
    pub(super) outputs: Vec<Vec<f64>>,
    /// How many bars later than its bar each output is drawn.
    pub(super) shifts: Vec<i64>,
    /// Whether the indicator was given its inputs scaled to −1 … 1, for want of prices it is defined on.
    pub(super) scaled: bool,
}

impl<'a> Stretch<'a> {
    /// Bars on which the indicator shows something: a mark, a turn, a new session, or else a line that moves; failing
    /// that, the first series' last.
    pub(super) fn find(entry: &Entry, samples: &'a Samples) -> Result<Self> {
        let spec = entry.spec();
        let indicator = entry.build(&Args::new())?;
        let only_marks = spec.outputs.iter().all(|output| output.plot.is_mark());
        // A pattern is read from the shapes of its candles.
        let length = if only_marks { 36 } else { 120 };
        let mut series: Vec<&(&str, Frame)> = samples.0.iter().collect();
        if spec.inputs.contains(&Input::Time) {
            series.sort_by_key(|(title, _)| !title.contains("minute"));
        }
        let mut fallback = None;
        for scaled in [false, true] {
            for (title, frame) in &series {
                let mut inputs: Vec<Vec<f64>> =
                    spec.columns(frame)?.into_iter().map(Cow::into_owned).collect();
                if scaled {
                    inputs = inputs.iter().map(|column| scale(column)).collect();
                }
                let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
                let outputs = indicator.compute_columns(&inputs)?;
                let shown = shown(spec, frame, &outputs, length);
                let (row, after) = shown.unwrap_or((frame.len() - 1, 1));
                let end = (row + after).clamp(length, frame.len());
                let rows = end - length..end;
                let rows = if only_marks { without_jumps(frame, rows, row)? } else { rows };
                let shifts = indicator.displacements();
                let stretch = Self { title, frame, rows, outputs, shifts, scaled };
                if shown.is_some() {
                    return Ok(stretch);
                }
                fallback.get_or_insert(stretch);
            }
        }
        fallback.ok_or_else(|| Error::new(ErrorKind::Data, "there are no sample series"))
    }
}

/// The last row on which an indicator shows something, and how many bars from it on belong to the picture of `length`
/// bars.
fn shown(spec: &Spec, frame: &Frame, outputs: &[Vec<f64>], length: usize) -> Option<(usize, usize)> {
    let last = |happens: &dyn Fn(usize) -> bool| (1..frame.len()).rev().find(|row| happens(*row));
    let of = |wanted: fn(Plot) -> bool| {
        let drawn = spec.outputs.iter().zip(outputs).filter(move |(output, _)| wanted(output.plot));
        drawn.map(|(_, values)| values)
    };
    if of(Plot::is_mark).next().is_some() {
        let row = last(&|row| of(Plot::is_mark).any(|values| marks_bar(values[row])));
        return row.map(|row| (row, length / 4));
    }
    if let Some(direction) = of(|plot| plot == Plot::Direction).next() {
        let row = last(&|row| direction[row] * direction[row - 1] < 0.0);
        return row.map(|row| (row, length / 4));
    }
    if spec.inputs.contains(&Input::Time) {
        let day = |row: usize| frame.time()[row].div_euclid(86_400_000);
        return last(&|row| day(row) != day(row - 1)).map(|row| (row, 3 * length / 4));
    }
    let mut ends = (length..=frame.len()).rev().step_by(length);
    let end = ends.find(|end| outputs.iter().any(|values| moves(&values[end - length..*end])));
    end.map(|end| (end - 1, 1))
}

/// The part of some rows around one of them in which the price does not jump, as at a split, by many times what bars
/// measure.
fn without_jumps(frame: &Frame, rows: Range<usize>, around: usize) -> Result<Range<usize>> {
    let [open, high, low, close] = ["open", "high", "low", "close"].map(|name| frame.column(name));
    let (open, high, low, close) = (open?, high?, low?, close?);
    let measure = rows.clone().map(|row| high[row] - low[row]).sum::<f64>() / rows.len() as f64;
    let jumps = |row: &usize| (open[*row] - close[row - 1]).abs() > 10.0 * measure;
    let start = (rows.start + 1..=around).rev().find(jumps).unwrap_or(rows.start);
    let end = (around + 1..rows.end).find(jumps).unwrap_or(rows.end);
    Ok(start..end)
}

/// Whether a pattern's value marks its bar.
pub(super) fn marks_bar(value: f64) -> bool {
    value.abs() > 0.0
}

/// Whether there is a line to see: most values are finite and of a size that can be read, and they move on more bars
/// than a few.
fn moves(values: &[f64]) -> bool {
    let finite = values.iter().filter(|value| value.is_finite()).count();
    let Some((low, high)) = range(values.iter().copied()) else { return false };
    let size = max(-low, high);
    let seen = |pair: &&[f64]| (pair[1] - pair[0]).abs() > 1e-3 * (high - low);
    2 * finite >= values.len()
        && size < 1e12
        && high - low > 1e-9 * size
        && values.windows(2).filter(seen).count() >= 3
}

/// The column scaled to −1 … 1.
fn scale(column: &[f64]) -> Vec<f64> {
    let (low, high) = range(column.iter().copied()).unwrap_or((-1.0, 1.0));
    column.iter().map(|value| 2.0 * (value - low) / (high - low) - 1.0).collect()
}
