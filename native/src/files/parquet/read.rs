//! Reading, a few rows at a time.

use std::fs::File;

use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};
use parquet::column::reader::ColumnReader;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, Length, SerializedFileReader};
use parquet::file::statistics::Statistics;

use super::checked::column;
use super::decode::{numbers, skip, times};
use super::room::append;
use super::source::Source;
use super::threads::each;
use super::types::{Number, is_flat, milliseconds};
use super::{Select, data, failure};
use crate::csv::TIME_NAMES;

/// Rows read at once; a file that claims more than it has takes no more memory than that.
const BATCH: usize = 1 << 16;

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
    pub(super) file: SerializedFileReader<Source>,
    /// Bytes of the file.
    pub(super) length: u64,
    pub(super) select: Select,
    pub(super) time_at: usize,
    pub(super) scale: (i64, i64),
    pub(super) columns: Vec<Wanted>,
    next_group: usize,
    group: Option<Group>,
    last: Option<TimeMs>,
    is_done: bool,
}

/// A column to be read.
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) place: usize,
    pub(super) number: Number,
}

/// A row group being read.
struct Group {
    time: ColumnReader,
    columns: Vec<ColumnReader>,
}

/// Times, and each column's values.
pub(super) type Rows = (Vec<TimeMs>, Vec<Vec<f64>>);

impl Reader {
    /// Opens a file and looks at what it has.
    ///
    /// Fails when there is no column of times, or a column that is asked for is missing or not of numbers.
    pub fn open(file: File, select: &Select) -> Result<Self> {
        let file = Source::new(file).map_err(|error| failure(error.into()))?;
        let length = file.len();
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
            length,
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
        if let Some(frame) = self.whole()? {
            return Ok(frame);
        }
        let mut rows = self.no_rows();
        while self.batch(&mut rows)? {}
        self.frame(rows)
    }

    /// Whether something was read already.
    pub(super) fn is_begun(&self) -> bool {
        self.next_group > 0 || self.is_done
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
        let read = append(time, BATCH, |room| times(&mut group.time, self.scale, room))?;
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
        let jobs: Vec<_> = self.columns.iter().zip(&mut group.columns).zip(columns.iter_mut()).collect();
        let count = read * jobs.len();
        each(jobs, count, |((wanted, reader), values)| {
            let got = if any {
                append(values, read, |room| numbers(reader, wanted.number, room))?
            } else {
                skip(reader, read)?
            };
            if got == read { Ok(()) } else { Err(fewer(wanted)) }
        })?;
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
        let open = |place| column(&self.file, next, place);
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

pub(super) fn fewer(wanted: &Wanted) -> Error {
    data(format!("column `{}` has fewer values than there are times", wanted.name))
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
