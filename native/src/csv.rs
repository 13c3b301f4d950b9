//! Candles and columns from CSV.
//!
//! Two kinds of file are recognised by their first line: one with a header, in which `time` (or `timestamp`,
//! `date`, `open_time`), `open`, `high`, `low`, `close` and `volume` may stand in any order beside other columns;
//! and Binance's kline dumps, twelve columns without a header. Times are Unix seconds, milliseconds, microseconds
//! or nanoseconds, told apart by their size, or ISO 8601 dates (UTC unless they name an offset).

mod time;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::io::Read;

use atra_core::{Candle, Error, ErrorKind, Frame, Result};

use time::{Stamp, milliseconds};

/// What a header may call the time.
const TIME_NAMES: [&str; 4] = ["time", "timestamp", "date", "open_time"];

/// The columns of a Binance kline dump.
const KLINE: [&str; 12] = [
    "time",
    "open",
    "high",
    "low",
    "close",
    "volume",
    "close_time",
    "quote_volume",
    "trades",
    "taker_buy_volume",
    "taker_buy_quote_volume",
    "ignore",
];

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
pub fn read(input: impl Read) -> Result<Table> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        // Lines are counted right only so; the `\r` of a `\r\n` is trimmed like any white space.
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(input);
    let mut record = csv::StringRecord::new();
    let mut rows = None;
    while advance(&mut reader, &mut record)? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().eq([""]) {
            continue;
        }
        match &mut rows {
            None => rows = Some(Rows::begin(line, &record)?),
            Some(rows) => rows.take(line, &record)?,
        }
    }
    match rows {
        None => {
            Err(Error::new(ErrorKind::Data, "the file is empty; it needs a header line and rows of candles"))
        }
        Some(rows) => rows.finish(),
    }
}

fn advance(reader: &mut csv::Reader<impl Read>, record: &mut csv::StringRecord) -> Result<bool> {
    reader.read_record(record).map_err(|error| match error.kind() {
        csv::ErrorKind::Io(io) => Error::new(ErrorKind::Io, format!("cannot be read: {io}")),
        csv::ErrorKind::Utf8 { pos, .. } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            Error::new(ErrorKind::Data, format!("line {line}: not UTF-8 text; is this a CSV file?"))
        }
        _ => Error::new(ErrorKind::Data, error.to_string()),
    })
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
    /// The column of the time.
    time_at: usize,
    time: Vec<Stamp>,
    /// One for each column of the file but the time's.
    targets: Vec<Target>,
    /// The candle's columns that the file has.
    candle_columns: usize,
}

impl Rows {
    /// From the file's first line: its header, or the first row of a kline dump.
    fn begin(line: u64, record: &csv::StringRecord) -> Result<Self> {
        let bare = |cell: &str| cell.trim_start_matches('\u{feff}').to_lowercase();
        let names: Vec<String> = record.iter().map(bare).collect();
        let time_at = names.iter().position(|name| TIME_NAMES.contains(&name.as_str()));
        if let Some(time_at) = time_at {
            return Self::new(line, time_at, names.iter().map(String::as_str));
        }
        let numeric = |cell: &str| cell.parse::<f64>().is_ok();
        if record.len() == KLINE.len() && record.iter().all(numeric) {
            let mut rows = Self::new(line, 0, KLINE.into_iter())?;
            rows.take(line, record)?;
            return Ok(rows);
        }
        let found: Vec<&str> = record.iter().take(12).collect();
        Err(Error::new(
            ErrorKind::Data,
            format!(
                "line {line}: neither a header with a time column ({}) nor a Binance kline row of 12 numbers: `{}`",
                TIME_NAMES.join(", "),
                found.join(",").chars().take(80).collect::<String>()
            ),
        ))
    }

    fn new<'a>(line: u64, time_at: usize, names: impl Iterator<Item = &'a str>) -> Result<Self> {
        let mut targets: Vec<Target> = Vec::new();
        for (index, name) in names.enumerate() {
            if index == time_at {
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
            targets.push(Target { name: name.to_owned(), candle, values: Vec::new(), refused });
        }
        let candle_columns = targets.iter().filter(|target| target.candle.is_some()).count();
        Ok(Self { time_at, time: Vec::new(), targets, candle_columns })
    }

    fn take(&mut self, line: u64, record: &csv::StringRecord) -> Result<()> {
        let columns = self.targets.len() + 1;
        if record.len() != columns {
            let message = format!("line {line}: {} cells where the first line has {columns}", record.len());
            return Err(Error::new(ErrorKind::Data, message));
        }
        let bad = |column: &str, what: String| {
            Error::new(ErrorKind::Data, format!("line {line}, column {column}: {what}"))
        };
        let cell = &record[self.time_at];
        let time = Stamp::parse(cell).ok_or_else(|| {
            bad(
                "time",
                format!(
                    "`{cell}` is not a time; write Unix s, ms or µs, or an ISO date like 2024-01-31T12:00:00Z"
                ),
            )
        })?;
        if let Some(before) = self.time.last() {
            let what = match time.partial_cmp(before) {
                _ if std::mem::discriminant(&time) != std::mem::discriminant(before) => {
                    return Err(bad(
                        "time",
                        format!(
                            "{cell} is not written as the row before; give all as numbers or all as dates"
                        ),
                    ));
                }
                Some(Ordering::Greater) => "",
                Some(Ordering::Equal) => "repeats the time of",
                _ => "is earlier than",
            };
            if !what.is_empty() {
                return Err(bad("time", format!("{cell} {what} the row before; times must increase")));
            }
        }
        let mut candle = [0.0; 5];
        let cells = record.iter().enumerate().filter(|(index, _)| *index != self.time_at);
        for (target, (_, cell)) in self.targets.iter_mut().zip(cells) {
            let value = match (target.candle, cell.parse::<f64>()) {
                (Some(place), Ok(value)) if value.is_finite() => {
                    candle[place] = value;
                    value
                }
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
        if self.candle_columns == candle.len() {
            Candle::from_values(0, candle)
                .validate()
                .map_err(|error| error.context(format_args!("line {line}")))?;
        }
        self.time.push(time);
        Ok(())
    }

    fn finish(self) -> Result<Table> {
        if self.time.is_empty() {
            return Err(Error::new(ErrorKind::Data, "there is a header but no row of candles under it"));
        }
        let mut frame = Frame::new(milliseconds(&self.time))?;
        let mut refused = Vec::new();
        for target in self.targets {
            match target.refused {
                None => frame = frame.with_column(target.name, target.values)?,
                Some(why) => refused.push((target.name, why)),
            }
        }
        Ok(Table { frame, refused })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binance_dumps_need_no_header() {
        let row = |time: &str| format!("{time},1.5,2.5,1.0,2.0,10,{time},20,3,4,5,0\n");
        for (first, second) in [("1704067200000", "1704070800000"), ("1704067200000000", "1704070800000000")]
        {
            let frame = read_candles((row(first) + &row(second)).as_bytes()).unwrap();
            assert_eq!(frame.time(), [1_704_067_200_000, 1_704_070_800_000]);
            assert_eq!(frame.column("low").unwrap(), [1.0, 1.0]);
        }
    }

    #[test]
    fn messages_name_line_and_column() {
        const HEADER: &str = "time,open,high,low,close,volume\n";
        for (rows, message) in [
            ("", "there is a header but no row of candles under it"),
            ("1,1,1,1,1\n", "line 2: 5 cells where the first line has 6"),
            ("1,1,1,1,1,1\n2,1,x,1,1,1\n", "line 3, column high: x is not a finite number"),
            ("1,1,1,,1,1\n", "line 2, column low: an empty cell is not a finite number"),
            ("1,1,1,1,NaN,1\n", "line 2, column close: NaN is not a finite number"),
            ("1,inf,1,1,1,1\n", "line 2, column open: inf is not a finite number"),
            ("1,2,1,2,2,1\n", "line 2: high 1 is below low 2"),
            ("1,1,1,1,1,-3\n", "line 2: volume -3 is negative; it must be 0 or more"),
            (
                "1,1,1,1,1,1\n1,1,1,1,1,1\n",
                "line 3, column time: 1 repeats the time of the row before; times must increase",
            ),
            (
                "2,1,1,1,1,1\n1,1,1,1,1,1\n",
                "line 3, column time: 1 is earlier than the row before; times must increase",
            ),
            (
                "soon,1,1,1,1,1\n",
                "line 2, column time: `soon` is not a time; write Unix s, ms or µs, or an ISO date like 2024-01-31T12:00:00Z",
            ),
        ] {
            let error = read_candles((HEADER.to_owned() + rows).as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert_eq!(error.kind(), ErrorKind::Data);
        }
        let error = read_candles("".as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "the file is empty; it needs a header line and rows of candles");
        let error = read_candles("time,close\n1,2\n".as_bytes()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 1: the header lacks open, high, low, volume; a candle needs time, open, high, low, close, volume"
        );
        let error = read_candles(&[0xff, 0xfe, 0, 1][..]).unwrap_err();
        assert_eq!(error.to_string(), "line 1: not UTF-8 text; is this a CSV file?");
        let error = read_candles("a,b\n1,2\n".as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("line 1: neither a header with a time column"), "{error}");
    }

    #[test]
    fn other_columns_may_have_gaps_and_text() {
        let text = "\u{feff}Date, Close ,funding,note\r\n\r\n2024-01-01,1,,first\r\n2024-01-02,2,0.5,\r\n";
        let table = read(text.as_bytes()).unwrap();
        assert_eq!(*table.numbers("close").unwrap(), [1.0, 2.0]);
        let funding = table.numbers("funding").unwrap();
        assert!(funding[0].is_nan() && funding[1] == 0.5);
        let error = table.numbers("note").unwrap_err();
        assert_eq!(error.to_string(), "column `note` is not numeric: line 3 has `first`");
        assert_eq!(
            table.numbers("rate").unwrap_err().to_string(),
            "no column `rate`; there are: close, funding"
        );
    }
}
