//! Reading, a few rows at a time.

use std::fs::File;

use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

use super::types::{Number, is_flat, milliseconds};
use super::{Select, data, failure};

/// Rows read at once; a file that claims more than it has takes no more memory than that.
const BATCH: usize = 1 << 16;
/// What the column of the times may be called.
const TIME_NAMES: [&str; 5] = ["time", "timestamp", "date", "datetime", "open_time"];

/// Reads a file in frames of at most 65,536 rows, in memory for no more than that, the times increasing from one to the
/// next. Of row groups whose statistics tell that nothing in them is wanted, nothing is read.
///
/// ```no_run
/// use atra::files::parquet::{Reader, Select};
///
/// let select = Select { columns: vec!["close".to_owned()], ..Select::default() };
/// let mut highest = f64::NEG_INFINITY;
/// for frame in Reader::open(std::fs::File::open("btcusd.parquet")?, &select)? {
///     highest = frame?.column("close")?.iter().fold(highest, |highest, close| highest.max(*close));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reader {
    file: SerializedFileReader<File>,
    select: Select,
    time_at: usize,
    scale: (i64, i64),
    columns: Vec<Wanted>,
    next_group: usize,
    group: Option<Group>,
    last: Option<TimeMs>,
    is_done: bool,
}

struct Wanted {
    name: String,
    place: usize,
    number: Number,
}

/// A row group being read.
struct Group {
    time: ColumnReader,
    columns: Vec<ColumnReader>,
}

/// Times, and each column's values.
type Rows = (Vec<TimeMs>, Vec<Vec<f64>>);

impl Reader {
    /// Opens a file and looks at what it has.
    ///
    /// Fails when there is no column of times, or a column that is asked for is missing or not of numbers.
    pub fn open(file: File, select: &Select) -> Result<Self> {
        let file = SerializedFileReader::new(file).map_err(failure)?;
        let schema = file.metadata().file_metadata().schema_descr_ptr();
        let leaves = schema.columns();
        let time_at = leaves
            .iter()
            .position(|leaf| is_flat(leaf) && TIME_NAMES.contains(&leaf.name().to_lowercase().as_str()))
            .ok_or_else(|| {
                let names: Vec<String> = leaves.iter().map(|leaf| leaf.path().string()).collect();
                data(format!(
                    "no column of times ({}); there are: {}",
                    TIME_NAMES.join(", "),
                    names.join(", ")
                ))
            })?;
        let scale = milliseconds(&leaves[time_at])?;
        let mut columns: Vec<Wanted> = Vec::new();
        for (place, leaf) in leaves.iter().enumerate().filter(|(place, _)| *place != time_at) {
            let name = leaf.path().string();
            let asked = select.columns.contains(&name);
            match Number::of(leaf) {
                Ok(number) if asked || select.columns.is_empty() => {
                    columns.push(Wanted { name, place, number });
                }
                Err(why) if asked => return Err(data(format!("column `{name}` is not numeric: {why}"))),
                _ => {}
            }
        }
        let is_missing = |name: &&String| columns.iter().all(|column| column.name != **name);
        if let Some(missing) = select.columns.iter().find(is_missing) {
            return Err(Error::new(ErrorKind::NotFound, format!("no column `{missing}` in the file")));
        }
        let select = select.clone();
        Ok(Self {
            file,
            select,
            time_at,
            scale,
            columns,
            next_group: 0,
            group: None,
            last: None,
            is_done: false,
        })
    }

    /// How many rows the file says it has, wanted or not.
    #[must_use]
    pub fn file_rows(&self) -> u64 {
        u64::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// All rows not read yet, as one frame.
    pub fn rest(mut self) -> Result<Frame> {
        let mut rows = self.no_rows();
        while self.batch(&mut rows)? {}
        self.frame(rows)
    }

    /// The columns, of no rows.
    pub(in super::super) fn no_frame(&self) -> Result<Frame> {
        self.frame(self.no_rows())
    }

    fn no_rows(&self) -> Rows {
        (Vec::new(), vec![Vec::new(); self.columns.len()])
    }

    fn frame(&self, (time, columns): Rows) -> Result<Frame> {
        let named = self.columns.iter().zip(columns);
        named.fold(Frame::new(time), |frame, (column, values)| {
            frame?.with_column(column.name.as_str(), values)
        })
    }

    /// Appends the next rows, some of which may not be wanted; `false` at the end.
    fn batch(&mut self, (time, columns): &mut Rows) -> Result<bool> {
        let group = loop {
            if self.is_done {
                return Ok(false);
            }
            if let Some(group) = &mut self.group {
                break group;
            }
            self.group = self.open_group()?;
            self.is_done = self.group.is_none();
        };
        let start = time.len();
        times(&mut group.time, self.scale, time)?;
        let read = time.len() - start;
        if read == 0 {
            self.group = None;
            return Ok(true);
        }
        let new = &time[start..];
        let mut before = self.last;
        if let Some(time) =
            new.iter().find(|&&time| before.replace(time).is_some_and(|before| time <= before))
        {
            return Err(data(format!("time {time} is not after the row before it; times must increase")));
        }
        self.last = new.last().copied();
        let is_wanted = |time: TimeMs| {
            self.select.from.is_none_or(|from| time >= from) && self.select.to.is_none_or(|to| time < to)
        };
        let any = new.iter().any(|&time| is_wanted(time));
        for ((wanted, reader), values) in self.columns.iter().zip(&mut group.columns).zip(columns.iter_mut())
        {
            let got = if any {
                numbers(reader, wanted.number, read, values)?;
                values.len() - start
            } else {
                skip(reader, read)?
            };
            if got != read {
                return Err(data(format!("column `{}` has fewer values than there are times", wanted.name)));
            }
        }
        // What is wanted is one piece: times increase.
        let first = new.iter().position(|&time| is_wanted(time)).unwrap_or(read);
        let end = new.iter().rposition(|&time| is_wanted(time)).map_or(first, |last| last + 1);
        time.truncate(start + end);
        time.drain(start..start + first);
        for values in columns {
            values.truncate(start + end);
            values.drain(start.min(values.len())..(start + first).min(values.len()));
        }
        Ok(true)
    }

    /// The next row group of which something may be wanted.
    fn open_group(&mut self) -> Result<Option<Group>> {
        let groups = self.file.num_row_groups();
        let outside = |group: usize| {
            is_outside(self.file.metadata().row_group(group), self.time_at, self.scale, &self.select)
        };
        let Some(next) = (self.next_group..groups).find(|&group| !outside(group)) else {
            return Ok(None);
        };
        self.next_group = next + 1;
        let group = self.file.get_row_group(next).map_err(failure)?;
        let open = |place| group.get_column_reader(place).map_err(failure);
        let columns = self.columns.iter().map(|column| open(column.place)).collect::<Result<_>>()?;
        Ok(Some(Group { time: open(self.time_at)?, columns }))
    }
}

impl Iterator for Reader {
    type Item = Result<Frame>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut rows = self.no_rows();
        loop {
            match self.batch(&mut rows) {
                Ok(false) => return None,
                Ok(true) if rows.0.is_empty() => {}
                Ok(true) => return Some(self.frame(rows)),
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Whether the statistics of a row group tell that none of its times is wanted.
fn is_outside(group: &RowGroupMetaData, time_at: usize, scale: (i64, i64), select: &Select) -> bool {
    let column = group.columns().get(time_at).and_then(|column| column.statistics());
    let (first, last) = match column {
        Some(Statistics::Int64(times)) => (times.min_opt().copied(), times.max_opt().copied()),
        Some(Statistics::Int32(times)) => {
            (times.min_opt().map(|&x| x.into()), times.max_opt().map(|&x| x.into()))
        }
        _ => return false,
    };
    let ms = |value: i64| value.saturating_mul(scale.0).div_euclid(scale.1);
    last.is_some_and(|last| select.from.is_some_and(|from| ms(last) < from))
        || first.is_some_and(|first| select.to.is_some_and(|to| ms(first) >= to))
}

/// Appends the next times of a row group.
fn times(reader: &mut ColumnReader, (by, per): (i64, i64), out: &mut Vec<TimeMs>) -> Result<()> {
    let start = out.len();
    match reader {
        ColumnReader::Int64ColumnReader(reader) => {
            let mut levels = Vec::new();
            reader.read_records(BATCH, Some(&mut levels), None, out).map_err(failure)?;
            if levels.contains(&0) {
                return Err(data("a row has no time"));
            }
        }
        ColumnReader::Int32ColumnReader(reader) => {
            let (mut days, mut levels) = (Vec::new(), Vec::new());
            reader.read_records(BATCH, Some(&mut levels), None, &mut days).map_err(failure)?;
            if levels.contains(&0) {
                return Err(data("a row has no time"));
            }
            out.extend(days.into_iter().map(i64::from));
        }
        _ => return Err(data("the times are not integers")),
    }
    if (by, per) != (1, 1) {
        for time in &mut out[start..] {
            *time = time.saturating_mul(by).div_euclid(per);
        }
    }
    Ok(())
}

/// Appends the next numbers of a row group, as many as there are of `rows`.
fn numbers(reader: &mut ColumnReader, number: Number, rows: usize, out: &mut Vec<f64>) -> Result<()> {
    match reader {
        ColumnReader::DoubleColumnReader(reader) => {
            // Mostly there are no gaps: then they are where they belong.
            let (start, mut levels) = (out.len(), Vec::new());
            let (read, values, _) =
                reader.read_records(rows, Some(&mut levels), None, out).map_err(failure)?;
            if values < read {
                spread(&levels, start, out);
            }
            Ok(())
        }
        ColumnReader::FloatColumnReader(reader) => converted(reader, rows, |&value| f64::from(value), out),
        ColumnReader::Int64ColumnReader(reader) => {
            converted(reader, rows, |&value| number.of_i64(value), out)
        }
        ColumnReader::Int32ColumnReader(reader) => {
            converted(reader, rows, |&value| number.of_i32(value), out)
        }
        ColumnReader::BoolColumnReader(reader) => {
            converted(reader, rows, |&value| f64::from(u8::from(value)), out)
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            converted(reader, rows, |value| number.of_bytes(value.data()), out)
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            converted(reader, rows, |value| number.of_bytes(value.data()), out)
        }
        ColumnReader::Int96ColumnReader(_) => Err(data("a column is not numeric")),
    }
}

fn converted<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    convert: impl Fn(&T::T) -> f64,
    out: &mut Vec<f64>,
) -> Result<()> {
    let (start, mut values, mut levels) = (out.len(), Vec::new(), Vec::new());
    let (read, present, _) =
        reader.read_records(rows, Some(&mut levels), None, &mut values).map_err(failure)?;
    out.extend(values.iter().map(convert));
    if present < read {
        spread(&levels, start, out);
    }
    Ok(())
}

/// Moves the values from `start` on to the rows they are of, with gaps between.
fn spread(levels: &[i16], start: usize, out: &mut Vec<f64>) {
    let mut from = out.len();
    out.resize(start + levels.len(), f64::NAN);
    for (row, &level) in levels.iter().enumerate().rev() {
        out[start + row] = if level == 0 {
            f64::NAN
        } else {
            from = from.saturating_sub(1).max(start);
            out[from]
        };
    }
}

fn skip(reader: &mut ColumnReader, rows: usize) -> Result<usize> {
    match reader {
        ColumnReader::DoubleColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::FloatColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::Int64ColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::Int32ColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::BoolColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::ByteArrayColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::Int96ColumnReader(reader) => reader.skip_records(rows),
    }
    .map_err(failure)
}
