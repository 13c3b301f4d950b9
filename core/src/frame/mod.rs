//! Columns of market data: what indicators read.

mod bars;
mod bricks;
mod candle;
mod check;
mod combine;
mod fill;
mod packed;
mod resample;
mod wire;

pub use bars::{Bars, duration};
pub use candle::{Candle, TimeMs};
pub use check::{Finding, Issue, Report, examine};
pub use combine::Join;
pub use fill::Fill;
pub use packed::{PackedFrame, Saving};
pub use resample::Fold;
pub(crate) use wire::read;

use std::borrow::Cow;
use std::collections::TryReserveError;

use crate::{Error, ErrorKind, Result};

/// A table of bars: strictly increasing times and named `f64` columns, all of one length.
///
/// A frame of candles has the columns of [`Candle::COLUMNS`]; any other numeric column may stand beside or
/// instead of them, and [`column`](Self::column) finds it by name. NaN in a column is a gap (see
/// [`indicator`](mod@crate::indicator#gaps)).
///
/// ```
/// use atra_core::{Candle, Frame};
///
/// let mut frame = Frame::candles([
///     Candle { time: 60_000, open: 1.0, high: 3.0, low: 1.0, close: 2.0, volume: 5.0 },
///     Candle { time: 120_000, open: 2.0, high: 2.0, low: 2.0, close: 2.0, volume: 0.0 },
/// ])?;
/// // The bar still forming is replaced until the next one opens.
/// frame.replace_last(Candle { time: 120_000, open: 2.0, high: 4.0, low: 2.0, close: 4.0, volume: 1.0 })?;
/// assert_eq!(frame.column("close")?, [2.0, 4.0]);
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    time: Vec<TimeMs>,
    columns: Vec<Column>,
}

/// A named column of a [`Frame`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) values: Vec<f64>,
}

impl Frame {
    /// A frame of times alone; add columns with [`with_column`](Self::with_column).
    ///
    /// Fails unless the times are strictly increasing.
    pub fn new(time: Vec<TimeMs>) -> Result<Self> {
        if let Some(row) = time.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(backward(row + 1, time[row], time[row + 1]));
        }
        Ok(Self { time, columns: Vec::new() })
    }

    /// A frame of candles.
    ///
    /// Fails on the first candle that is invalid or does not come after the one before it, naming its row.
    pub fn candles(candles: impl IntoIterator<Item = Candle>) -> Result<Self> {
        let candles = candles.into_iter();
        let mut frame = Self::empty_candles(candles.size_hint().0);
        for candle in candles {
            frame.push(candle)?;
        }
        Ok(frame)
    }

    /// A frame of no candles, with room for `capacity` of them.
    #[must_use]
    pub fn empty_candles(capacity: usize) -> Self {
        let column = |name: &str| Column { name: name.to_owned(), values: Vec::with_capacity(capacity) };
        Self { time: Vec::with_capacity(capacity), columns: Candle::COLUMNS.map(column).into() }
    }

    /// Adds a column, or replaces the one of that name.
    ///
    /// Fails when its length is not the frame's, or the name is empty or `time`.
    pub fn with_column(mut self, name: impl Into<String>, values: Vec<f64>) -> Result<Self> {
        let name = name.into();
        if name.is_empty() || name == "time" {
            return Err(Error::data(format!("a column cannot be named `{name}`")));
        }
        if values.len() != self.len() {
            return Err(Error::data(format!(
                "column `{name}` has {} values; the frame has {} rows",
                values.len(),
                self.len()
            )));
        }
        match self.columns.iter_mut().find(|column| column.name == name) {
            Some(column) => column.values = values,
            None => self.columns.push(Column { name, values }),
        }
        Ok(self)
    }

    /// How many bars.
    #[must_use]
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there are no bars.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// The opening times.
    #[must_use]
    pub fn time(&self) -> &[TimeMs] {
        &self.time
    }

    /// The times, and the columns with their names, none of them copied.
    #[must_use]
    pub fn into_columns(self) -> (Vec<TimeMs>, Vec<(String, Vec<f64>)>) {
        (self.time, self.columns.into_iter().map(|column| (column.name, column.values)).collect())
    }

    /// The names of the columns beside `time`, in their order.
    pub fn column_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The values of a column; the error lists the columns there are.
    pub fn column(&self, name: &str) -> Result<&[f64]> {
        let found = self.columns.iter().find(|column| column.name == name);
        found.map(|column| column.values.as_slice()).ok_or_else(|| {
            let names: Vec<&str> = self.column_names().collect();
            Error::new(ErrorKind::NotFound, format!("no column `{name}`; there are: {}", names.join(", ")))
        })
    }

    /// The values of a column, or the times as numbers when it is `time`.
    pub fn numbers(&self, name: &str) -> Result<Cow<'_, [f64]>> {
        if name == "time" {
            // Exact until the year 287,396.
            return Ok(self.time.iter().map(|&time| time as f64).collect());
        }
        self.column(name).map(Cow::Borrowed)
    }

    /// The candle of a row; `None` past the end, or when the frame lacks a candle's columns.
    #[must_use]
    pub fn candle(&self, row: usize) -> Option<Candle> {
        let time = *self.time.get(row)?;
        let mut values = [0.0; 5];
        for (value, name) in values.iter_mut().zip(Candle::COLUMNS) {
            *value = *self.column(name).ok()?.get(row)?;
        }
        Some(Candle::from_values(time, values))
    }

    /// Asks for the memory of so many more bars, which [pushing](Self::push) them then does not.
    ///
    /// Fails, and nothing has changed, when there is not so much.
    ///
    /// ```
    /// use atra_core::Frame;
    ///
    /// let mut frame = Frame::empty_candles(0);
    /// assert!(frame.try_reserve(1_000).is_ok());
    /// assert!(frame.try_reserve(usize::MAX).is_err());
    /// assert!(frame.is_empty());
    /// ```
    pub fn try_reserve(&mut self, rows: usize) -> Result<(), TryReserveError> {
        self.time.try_reserve(rows)?;
        self.columns.iter_mut().try_for_each(|column| column.values.try_reserve(rows))
    }

    /// Appends a bar.
    ///
    /// Fails when the candle is invalid or not later than the last one, or when the frame's columns are not
    /// exactly a candle's.
    pub fn push(&mut self, candle: Candle) -> Result<()> {
        let rows = self.len();
        let [open, high, low, close, volume] = taking(&mut self.columns, rows, &candle)?;
        if let Some(&last) = self.time.last()
            && candle.time <= last
        {
            return Err(backward(rows, last, candle.time));
        }
        self.time.push(candle.time);
        open.push(candle.open);
        high.push(candle.high);
        low.push(candle.low);
        close.push(candle.close);
        volume.push(candle.volume);
        Ok(())
    }

    /// Replaces the last bar, the one still forming.
    ///
    /// Fails when the candle is invalid, the frame is empty, or the candle's time is not the last bar's.
    pub fn replace_last(&mut self, candle: Candle) -> Result<()> {
        let rows = self.len();
        let [open, high, low, close, volume] = taking(&mut self.columns, rows, &candle)?;
        match self.time.last() {
            None => return Err(Error::data("cannot replace the last bar of an empty frame")),
            Some(&last) if last != candle.time => {
                return Err(Error::data(format!(
                    "the last bar opened at {last}; a bar of time {} cannot replace it",
                    candle.time
                )));
            }
            Some(_) => {}
        }
        set_last(open, candle.open);
        set_last(high, candle.high);
        set_last(low, candle.low);
        set_last(close, candle.close);
        set_last(volume, candle.volume);
        Ok(())
    }

    /// The first `rows` bars (all of them if there are fewer).
    #[must_use]
    pub fn head(&self, rows: usize) -> Self {
        self.rows(0..rows.min(self.len()))
    }

    /// The last `rows` bars (all of them if there are fewer).
    #[must_use]
    pub fn tail(&self, rows: usize) -> Self {
        self.rows(self.len().saturating_sub(rows)..self.len())
    }

    fn rows(&self, range: std::ops::Range<usize>) -> Self {
        let part = |column: &Column| Column {
            name: column.name.clone(),
            values: column.values[range.clone()].to_vec(),
        };
        Self { time: self.time[range.clone()].to_vec(), columns: self.columns.iter().map(part).collect() }
    }
}

/// The columns of a frame with so many rows, in the order of a candle's values, one by one: no loop over them is as fast, and
/// this is asked once a tick. Fails when the candle is invalid, or the columns are not exactly a candle's.
#[inline(always)]
fn taking<'a>(columns: &'a mut [Column], rows: usize, candle: &Candle) -> Result<[&'a mut Vec<f64>; 5]> {
    candle.validate().map_err(|error| error.context(format_args!("row {rows}")))?;
    match columns {
        // Texts of a known length are compared at once.
        [a, b, c, d, e]
            if a.name == "open"
                && b.name == "high"
                && c.name == "low"
                && d.name == "close"
                && e.name == "volume" =>
        {
            Ok([&mut a.values, &mut b.values, &mut c.values, &mut d.values, &mut e.values])
        }
        _ => Err(no_candles()),
    }
}

#[cold]
fn no_candles() -> Error {
    Error::data(format!("only a frame with exactly the columns {} takes candles", Candle::COLUMNS.join(", ")))
}

#[inline(always)]
fn set_last(values: &mut [f64], value: f64) {
    if let Some(last) = values.last_mut() {
        *last = value;
    }
}

fn backward(row: usize, before: TimeMs, time: TimeMs) -> Error {
    let what = if before == time { "repeats the time of" } else { "is earlier than" };
    Error::data(format!("row {row}: time {time} {what} the row before it ({before}); times must increase"))
}

#[cfg(test)]
mod tests;
