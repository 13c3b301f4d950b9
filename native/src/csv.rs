//! Candles and columns from CSV.
//!
//! What a file is tells its first line. Cells stand between semicolons, tabs or commas. A header may name `time` (or
//! `timestamp`, `date`, `datetime`, `open_time`, `unix`), `open`, `high`, `low`, `close` and `volume` (or `vol`, `tick_volume`,
//! `tickvol`) in any order and case beside other columns; where a `date` stands before a `time`, the two are one. Without
//! a header there are these six, or the twelve of Binance's kline dumps. The oldest row comes first, or the newest, whose file
//! is turned round.
//!
//! Times are Unix seconds, milliseconds, microseconds or nanoseconds, told apart by their size, or dates that begin with the
//! year: ISO 8601, `2024.01.31 09:30`, `2024/01/31` or, if the first is one, `20240131` (UTC unless they name an offset).

mod header;
mod lines;
mod pieces;
mod time;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::io::Read;

use atra_core::frame::{self, Report};
use atra_core::{Candle, Error, ErrorKind, Frame, Result, TimeMs};

pub(crate) use header::TIME_NAMES;
use header::{Header, TimeAt};
pub(crate) use lines::LONGEST;
use lines::Lines;
pub(crate) use pieces::{CELLS, Known, Pieces, Step};
use time::is_compact;
pub(crate) use time::{Stamp, Unit, milliseconds};

/// A file's columns. Those that hold something other than numbers are remembered, not kept.
#[derive(Clone, Debug)]
pub struct Table {
    frame: Frame,
    /// Names of the columns that are not numeric, and where that showed.
    refused: Vec<(String, String)>,
}

impl Table {
    /// The numeric columns.
    #[must_use]
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The numeric columns, not copied.
    #[must_use]
    pub fn into_frame(self) -> Frame {
        self.frame
    }

    /// The values of a column, or the times as numbers when it is `time`; the error says why it cannot be had: there is
    /// none of that name, or it holds something that is not a number.
    pub fn numbers(&self, name: &str) -> Result<Cow<'_, [f64]>> {
        match self.refused.iter().find(|(refused, _)| refused == name) {
            Some((_, why)) => {
                Err(Error::new(ErrorKind::Data, format!("column `{name}` is not numeric: {why}")))
            }
            None => self.frame.numbers(name),
        }
    }
}

/// Reads candles: every one of open, high, low, close and volume must be there. Other columns are dropped.
///
/// Fails on the first row that is malformed, breaks a rule of [`Candle::validate`] or does not come after the row
/// before it, naming line and column.
///
/// ```
/// let text = "date,close,open,high,low,volume\n2024-01-31,11,10,12,9,100\n2024-02-01,10,11,11,10,50\n";
/// let frame = atra::csv::read_candles(text.as_bytes())?;
/// assert_eq!(frame.time()[0], 1_706_659_200_000);
/// assert_eq!(frame.column("high")?, [12.0, 11.0]);
/// # Ok::<(), atra::Error>(())
/// ```
pub fn read_candles(input: impl Read) -> Result<Frame> {
    let table = read(input)?;
    let missing: Vec<&str> =
        Candle::COLUMNS.into_iter().filter(|name| table.frame.column(name).is_err()).collect();
    if !missing.is_empty() {
        return Err(Error::new(
            ErrorKind::Data,
            format!(
                "line 1: the header lacks {}; a candle needs time, {}",
                missing.join(", "),
                Candle::COLUMNS.join(", ")
            ),
        ));
    }
    let mut frame = Frame::new(table.frame.time().to_vec())?;
    for name in Candle::COLUMNS {
        frame = frame.with_column(name, table.frame.column(name)?.to_vec())?;
    }
    Ok(frame)
}

/// Reads whatever numeric columns there are beside the time.
///
/// Columns of a candle keep its rules; in any other column an empty cell is a gap (NaN), and a cell that is not a
/// number makes the column unavailable.
///
/// A line, or a row whose quoted cells span lines, has at most 1,048,576 bytes.
pub fn read(input: impl Read) -> Result<Table> {
    rows(input, true)?.finish()
}

/// Looks for what is wrong or odd in a file, be it such that [`read`] refuses it: times in any order, cells of candles
/// that are empty or no numbers, highs below lows. Rows are counted from 0 and from the first under the header, or from the
/// last if all times decrease.
///
/// Fails when the file is not CSV, lacks a column of times or has a time that cannot be read.
pub fn examine(input: impl Read) -> Result<Report> {
    let (time, targets) = rows(input, false)?.parts()?;
    let columns = targets.iter().filter(|target| target.refused.is_none());
    let columns: Vec<(&str, &[f64])> =
        columns.map(|target| (target.name.as_str(), target.values.as_slice())).collect();
    Ok(frame::examine(&time, &columns))
}

/// The time that a cell holds, numbers taken as milliseconds unless their eight digits are a date; `None` if it is none.
///
/// ```
/// assert_eq!(atra::csv::time("2024-01-31"), Some(1_706_659_200_000));
/// assert_eq!(atra::csv::time("20240131"), Some(1_706_659_200_000));
/// assert_eq!(atra::csv::time("1706659200000"), Some(1_706_659_200_000));
/// assert_eq!(atra::csv::time("soon"), None);
/// ```
#[must_use]
pub fn time(cell: &str) -> Option<TimeMs> {
    let stamp = Some(cell).filter(|cell| is_compact(cell)).and_then(Stamp::date);
    match stamp.or_else(|| Stamp::parse(cell))? {
        Stamp::Date(time) | Stamp::Number(time, _) => Some(time),
    }
}

fn rows(input: impl Read, is_strict: bool) -> Result<Rows> {
    let mut lines = Lines::of(input);
    let mut rows: Option<Rows> = None;
    while let Some((line, record)) = lines.next()? {
        if record.iter().eq([""]) {
            continue;
        }
        match &mut rows {
            None => rows = Some(Rows::begin(line, record, is_strict)?),
            Some(rows) => rows.take(line, record)?,
        }
    }
    rows.ok_or_else(empty)
}

fn empty() -> Error {
    Error::new(ErrorKind::Data, "the file is empty; it needs a header line and rows of candles")
}

fn no_rows() -> Error {
    Error::new(ErrorKind::Data, "there is a header but no row of candles under it")
}

/// What a column of the file is read into.
struct Target {
    name: String,
    /// Its place in a candle.
    candle: Option<usize>,
    values: Vec<f64>,
    refused: Option<String>,
}

/// The rows read so far.
struct Rows {
    time_at: TimeAt,
    /// Whether times of eight digits are dates, as the first one tells.
    is_compact: bool,
    time: Vec<Stamp>,
    /// The last time, be it still in `time` or not.
    last: Option<Stamp>,
    /// Which way the times go, as the second one tells.
    order: Option<Ordering>,
    /// One for each column of the file but the time's.
    targets: Vec<Target>,
    /// The candle's columns that the file has.
    candle_columns: usize,
    /// Whether the rules of candles and times are kept.
    is_strict: bool,
}

impl Rows {
    /// From the file's first line: its header, or the first row of a file that has none.
    fn begin(line: u64, record: &csv::StringRecord, is_strict: bool) -> Result<Self> {
        let header = Header::of(line, record)?;
        let mut targets: Vec<Target> = Vec::new();
        for (index, name) in header.names.into_iter().enumerate() {
            if header.time_at.is_at(index) {
                continue;
            }
            if targets.iter().any(|target| target.name == name) || name == "time" {
                return Err(Error::new(
                    ErrorKind::Data,
                    format!("line {line}: two columns are named `{name}`"),
                ));
            }
            let candle = Candle::COLUMNS.iter().position(|column| *column == name);
            // A column without a name cannot be asked for.
            let refused = name.is_empty().then(String::new);
            targets.push(Target { name, candle, values: Vec::new(), refused });
        }
        let candle_columns = targets.iter().filter(|target| target.candle.is_some()).count();
        let (time_at, is_compact) = (header.time_at, false);
        let mut rows = Self {
            time_at,
            is_compact,
            time: Vec::new(),
            last: None,
            order: None,
            targets,
            candle_columns,
            is_strict,
        };
        if header.is_a_row {
            rows.take(line, record)?;
        }
        Ok(rows)
    }

    fn take(&mut self, line: u64, record: &csv::StringRecord) -> Result<()> {
        let columns = self.targets.len() + self.time_at.cells();
        if record.len() != columns {
            let message = format!("line {line}: {} cells where the first line has {columns}", record.len());
            return Err(Error::new(ErrorKind::Data, message));
        }
        let bad = |column: &str, what: String| {
            Error::new(ErrorKind::Data, format!("line {line}, column {column}: {what}"))
        };
        let cell = &*self.time_at.cell(record);
        if self.last.is_none() {
            self.is_compact = is_compact(cell) && Stamp::date(cell).is_some();
        }
        let time = if self.is_compact { Stamp::date(cell) } else { Stamp::parse(cell) };
        let time = time.ok_or_else(|| {
            bad(
                "time",
                format!(
                    "`{cell}` is not a time; write Unix s, ms or µs, or an ISO date like 2024-01-31T12:00:00Z"
                ),
            )
        })?;
        if let Some(before) = self.last {
            let order = time.partial_cmp(&before);
            let what = match order {
                _ if std::mem::discriminant(&time) != std::mem::discriminant(&before) => {
                    return Err(bad(
                        "time",
                        format!(
                            "{cell} is not written as the row before; give all as numbers or all as dates"
                        ),
                    ));
                }
                None | Some(Ordering::Equal) => "repeats the time of the row before; times must increase",
                _ if self.order.is_none_or(|kept| order == Some(kept)) => "",
                Some(Ordering::Less) => "is earlier than the row before; times must increase",
                Some(Ordering::Greater) => {
                    "is later than the row before; times must decrease, as they began to"
                }
            };
            if self.is_strict && !what.is_empty() {
                return Err(bad("time", format!("{cell} {what}")));
            }
            self.order = self.order.or(order);
        }
        let mut candle = [0.0; 5];
        let cells = record.iter().enumerate().filter(|(index, _)| !self.time_at.is_at(*index));
        for (target, (_, cell)) in self.targets.iter_mut().zip(cells) {
            let value = match (target.candle, cell.parse::<f64>()) {
                (Some(place), Ok(value)) if value.is_finite() => {
                    candle[place] = value;
                    value
                }
                (Some(_), Ok(value)) if !self.is_strict => value,
                (Some(_), Err(_)) if !self.is_strict => f64::NAN,
                (Some(_), _) => {
                    let shown = if cell.is_empty() { "an empty cell" } else { cell };
                    return Err(bad(&target.name, format!("{shown} is not a finite number")));
                }
                (None, Ok(value)) => value,
                (None, Err(_)) if cell.is_empty() => f64::NAN,
                (None, Err(_)) => {
                    target.refused.get_or_insert_with(|| format!("line {line} has `{cell}`"));
                    f64::NAN
                }
            };
            if target.refused.is_none() {
                target.values.push(value);
            }
        }
        if self.is_strict && self.candle_columns == candle.len() {
            Candle::from_values(0, candle)
                .validate()
                .map_err(|error| error.context(format_args!("line {line}")))?;
        }
        self.time.push(time);
        self.last = Some(time);
        Ok(())
    }

    /// The times and columns, the oldest row first if the newest was.
    fn parts(self) -> Result<(Vec<TimeMs>, Vec<Target>)> {
        let Self { mut time, mut targets, .. } = self;
        if time.is_empty() {
            return Err(no_rows());
        }
        if time.len() > 1 && time.is_sorted_by(|before, after| before > after) {
            time.reverse();
            for target in &mut targets {
                target.values.reverse();
            }
        }
        Ok((milliseconds(&time), targets))
    }

    fn finish(self) -> Result<Table> {
        let (time, targets) = self.parts()?;
        let mut frame = Frame::new(time)?;
        let mut refused = Vec::new();
        for target in targets {
            match target.refused {
                None => frame = frame.with_column(target.name, target.values)?,
                Some(why) => refused.push((target.name, why)),
            }
        }
        Ok(Table { frame, refused })
    }
}

#[cfg(test)]
mod tests;
