//! Writing, a row group at a time.

use std::io::Write;
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

/// Writes a file from frames that follow each other, holding one row group in memory.
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
        let Settings { numbers, level, group } = settings;
        if level > 22 || group == 0 {
            return Err(Error::new(
                atra_core::ErrorKind::Parameter,
                format!(
                    "level {level}, row groups of {group}; the level must be 0 to 22, a group 1 row or more"
                ),
            ));
        }
        let decimals = frame.column_names().map(|name| match numbers {
            Numbers::Doubles => Ok(None),
            Numbers::Decimals => frame.column(name).map(decimals),
        });
        let decimals = decimals.collect::<Result<Vec<_>>>()?;
        let file = open(frame, out, &decimals, level).map_err(failure)?;
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
        while at < frame.len() {
            let end = frame.len().min(at + self.group - self.pending.len());
            self.pending.append(&frame.slice(at..end))?;
            if self.pending.len() == self.group {
                self.flush()?;
            }
            at = end;
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
        let columns =
            encode(&self.pending, &self.decimals, self.file.schema_descr(), self.file.properties())?;
        let mut group = self.file.next_row_group().map_err(failure)?;
        for (bytes, closed) in columns {
            group.append_column(&bytes, closed).map_err(failure)?;
        }
        group.close().map_err(failure)?;
        self.pending = self.pending.head(0);
        Ok(())
    }
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

/// The fewest decimals that restore every value.
fn decimals(values: &[f64]) -> Option<u8> {
    (0..=15).find(|&decimals| {
        let power = POWERS[usize::from(decimals)];
        values.iter().all(|&value| value.is_nan() || tick(value, power).is_some())
    })
}

fn open<W: Write + Send>(
    frame: &Frame,
    out: W,
    decimals: &[Option<u8>],
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
    for (name, decimals) in frame.column_names().zip(decimals) {
        let path = ColumnPath::new(vec![name.to_owned()]);
        let field = match *decimals {
            None => {
                Type::primitive_type_builder(name, Physical::DOUBLE).with_repetition(Repetition::REQUIRED)
            }
            Some(decimals) => {
                properties = properties.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
                let scale = i32::from(decimals);
                Type::primitive_type_builder(name, Physical::INT64)
                    .with_repetition(Repetition::OPTIONAL)
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
