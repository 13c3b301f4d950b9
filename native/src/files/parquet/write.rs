//! Writing, a row group at a time.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use atra_core::{Error, Frame, Result};
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};

use super::super::POWERS;
use super::columns::encode;
use super::threads::each;
use super::{data, failure};

/// As what numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Numbers {
    /// As doubles: every program has the same bits.
    #[default]
    Doubles,
    /// As whole ticks with a scale (`DECIMAL`), delta-encoded, where that restores the column to the last bit: at best
    /// half the size, and quicker to read. pandas reads them as Python's `Decimal` unless told otherwise. A gap becomes a
    /// null.
    Decimals,
}

/// How to write a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// As what numbers are written.
    pub numbers: Numbers,
    /// How hard zstd tries, 1 to 22; 0 is no compression.
    pub level: u8,
    /// Rows of a row group: what is kept in memory before it is written, and what a reader can leave out by its times.
    pub group: usize,
}

impl Default for Settings {
    /// Doubles, zstd 1, 131,072 rows.
    fn default() -> Self {
        Self { numbers: Numbers::Doubles, level: 1, group: 1 << 17 }
    }
}

/// Writes a file from frames that follow each other, holding one row group in memory, and while a frame of several is written
/// as many encoded ones as there are processors.
///
/// ```
/// use atra::Frame;
/// use atra::files::parquet::{Settings, Writer};
///
/// let part = |from: i64| Frame::new((from..from + 10).collect())?.with_column("close", vec![1.5; 10]);
/// let mut file = Vec::new();
/// let mut writer = Writer::like(&part(0)?, &mut file, Settings::default())?;
/// for from in [0, 10, 20] {
///     writer.write(&part(from)?)?;
/// }
/// writer.finish()?;
/// assert_eq!(&file[..4], b"PAR1");
/// # Ok::<(), atra::Error>(())
/// ```
pub struct Writer<W: Write + Send> {
    file: SerializedFileWriter<W>,
    group: usize,
    /// Decimals of the columns that are written so.
    decimals: Vec<Option<u8>>,
    pending: Frame,
    last: Option<i64>,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file for frames with the columns of this one. Which columns are decimals, and of how many digits, is told
    /// by its values too; they are not written yet.
    ///
    /// Fails when the settings cannot be.
    pub fn like(frame: &Frame, out: W, settings: Settings) -> Result<Self> {
        Self::begin(frame, out, settings, false)
    }

    /// Begins a file. With `is_all`, no frame but this one will follow: where it has no gaps, none need to be possible.
    fn begin(frame: &Frame, out: W, settings: Settings, is_all: bool) -> Result<Self> {
        let Settings { numbers, level, group } = settings;
        if level > 22 || group == 0 {
            return Err(Error::new(
                atra_core::ErrorKind::Parameter,
                format!(
                    "level {level}, row groups of {group}; the level must be 0 to 22, a group 1 row or more"
                ),
            ));
        }
        let kinds = match numbers {
            Numbers::Doubles => frame.column_names().map(|_| Kind::Double).collect(),
            Numbers::Decimals => {
                let columns =
                    frame.column_names().map(|name| frame.column(name)).collect::<Result<Vec<_>>>()?;
                let values = columns.len() * frame.len();
                each(columns, values, |values| Ok(kind(values, is_all)))?
            }
        };
        let file = open(frame, out, &kinds, level).map_err(failure)?;
        let decimals = kinds
            .iter()
            .map(|kind| match kind {
                Kind::Double => None,
                Kind::Decimal { decimals, .. } => Some(*decimals),
            })
            .collect();
        Ok(Self { file, group, decimals, pending: frame.head(0), last: None })
    }

    /// Writes a frame's rows, or keeps them until there are enough for a row group.
    ///
    /// Fails when its columns are other ones, it does not begin after the last row, a column of decimals has a value of
    /// more digits, or the file cannot be written.
    pub fn write(&mut self, frame: &Frame) -> Result<()> {
        if let (Some(last), Some(&first)) = (self.last, frame.time().first())
            && first <= last
        {
            return Err(data(format!("time {first} is not after the last row written ({last})")));
        }
        let mut at = 0;
        if !self.pending.is_empty() {
            at = frame.len().min(self.group - self.pending.len());
            self.pending.append(&frame.slice(..at))?;
            if self.pending.len() < self.group {
                self.last = frame.time().last().copied().or(self.last);
                return Ok(());
            }
            self.flush()?;
        }
        // What fills row groups is written from where it lies; that the columns are the file's is checked by appending none.
        self.pending.append(&frame.head(0))?;
        let whole = at + (frame.len() - at) / self.group * self.group;
        self.put(frame, at..whole)?;
        if whole < frame.len() {
            self.pending.append(&frame.slice(whole..))?;
        }
        self.last = frame.time().last().copied().or(self.last);
        Ok(())
    }

    /// Writes what is still kept, and the end of the file.
    pub fn finish(self) -> Result<()> {
        self.finished().map(|_| ())
    }

    /// As [`finish`](Self::finish), and returns what was written to.
    pub(in super::super) fn finished(mut self) -> Result<W> {
        if !self.pending.is_empty() {
            self.flush()?;
        }
        self.file.into_inner().map_err(failure)
    }

    fn flush(&mut self) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        self.pending = pending.head(0);
        self.put(&pending, 0..pending.len())
    }

    /// Writes rows of a frame: one row group while others are encoded.
    fn put(&mut self, frame: &Frame, rows: Range<usize>) -> Result<()> {
        let (end, group) = (rows.end, self.group);
        let groups = rows.step_by(group).map(|start| start..end.min(start + group));
        let descriptions = self.file.schema_descr().columns().to_vec();
        let properties = self.file.properties().clone();
        encode(frame, groups, &self.decimals, &descriptions, &properties, |columns| {
            let mut group = self.file.next_row_group().map_err(failure)?;
            for (bytes, closed) in columns {
                group.append_column(&bytes, closed).map_err(failure)?;
            }
            group.close().map_err(failure)?;
            Ok(())
        })
    }
}

/// Writes a frame that is all of a file.
pub(super) fn write_all<W: Write + Send>(frame: &Frame, out: W, settings: Settings) -> Result<()> {
    let mut writer = Writer::begin(frame, out, settings, true)?;
    writer.put(frame, 0..frame.len())?;
    writer.finish()
}

/// As what a column is written.
#[derive(Clone, Copy)]
enum Kind {
    Double,
    Decimal { decimals: u8, has_gaps: bool },
}

/// The ticks of a value, if they restore it to the last bit.
pub(super) fn tick(value: f64, power: f64) -> Option<i64> {
    /// Ticks of at most so many are exact in `f64`, and have at most 16 digits.
    const MOST: f64 = 9_007_199_254_740_992.0;
    let scaled = (value * power).round();
    #[allow(clippy::cast_possible_truncation)] // within i64, just checked
    let ticks = (scaled.abs() < MOST).then_some(scaled as i64)?;
    ((ticks as f64 / power).to_bits() == value.to_bits()).then_some(ticks)
}

/// As the fewest decimals that restore every value, or as doubles.
fn kind(values: &[f64], is_all: bool) -> Kind {
    let has_gaps = !is_all || values.iter().any(|value| value.is_nan());
    // A value that refused some decimals mostly refuses the next ones too, so it is asked first.
    let mut refused = f64::NAN;
    let fits = |decimals: &u8| {
        let power = POWERS[usize::from(*decimals)];
        let is_restored = |&value: &f64| value.is_nan() || tick(value, power).is_some();
        if !is_restored(&refused) {
            return false;
        }
        let first = values.iter().find(|value| !is_restored(value));
        refused = first.copied().unwrap_or(refused);
        first.is_none()
    };
    match (0..=15).find(fits) {
        Some(decimals) => Kind::Decimal { decimals, has_gaps },
        None => Kind::Double,
    }
}

fn open<W: Write + Send>(
    frame: &Frame,
    out: W,
    kinds: &[Kind],
    level: u8,
) -> Result<SerializedFileWriter<W>, ParquetError> {
    let time = Type::primitive_type_builder("time", Physical::INT64)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::timestamp(true, TimeUnit::MILLIS)))
        .build()?;
    let compression = match level {
        0 => Compression::UNCOMPRESSED,
        level => Compression::ZSTD(ZstdLevel::try_new(i32::from(level))?),
    };
    // Prices are too many for dictionaries: without them files are smaller, and written and read more quickly.
    let mut properties = WriterProperties::builder()
        .set_compression(compression)
        .set_dictionary_enabled(false)
        .set_column_encoding(ColumnPath::from("time"), Encoding::DELTA_BINARY_PACKED);
    let mut fields = vec![Arc::new(time)];
    for (name, kind) in frame.column_names().zip(kinds) {
        let path = ColumnPath::new(vec![name.to_owned()]);
        let field = match *kind {
            Kind::Double => {
                Type::primitive_type_builder(name, Physical::DOUBLE).with_repetition(Repetition::REQUIRED)
            }
            Kind::Decimal { decimals, has_gaps } => {
                properties = properties.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
                let scale = i32::from(decimals);
                Type::primitive_type_builder(name, Physical::INT64)
                    .with_repetition(if has_gaps { Repetition::OPTIONAL } else { Repetition::REQUIRED })
                    .with_logical_type(Some(LogicalType::decimal(scale, 18)))
                    .with_precision(18)
                    .with_scale(scale)
            }
        };
        fields.push(Arc::new(field.build()?));
    }
    let sorted = SortingColumn { column_idx: 0, descending: false, nulls_first: false };
    let properties = properties.set_sorting_columns(Some(vec![sorted])).build();
    let schema = Type::group_type_builder("frame").with_fields(fields).build()?;
    SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))
}
