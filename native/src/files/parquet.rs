//! Frames and Apache Parquet.
//!
//! Times are written as UTC timestamps in milliseconds, delta-encoded; numbers as doubles, so that every program reads
//! them as what they are, bit by bit. Read are timestamps of any unit and columns of integers, decimals, floats and
//! booleans; nulls become gaps (NaN). Columns of another type are left out, and asking for one says why.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::file::statistics::Statistics;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnDescriptor, ColumnPath, Type};

/// Rows of a row group: what a reader can leave out by its times.
const GROUP: usize = 1 << 17;
/// Values read at once; a file that claims more than it has takes no more memory than that.
const BATCH: usize = 1 << 16;
/// What the column of the times may be called.
const TIME_NAMES: [&str; 5] = ["time", "timestamp", "date", "datetime", "open_time"];

/// What to read of a file.
#[derive(Clone, Debug, Default)]
pub struct Select {
    /// Columns beside the time; all numeric ones when empty.
    pub columns: Vec<String>,
    /// The first time that is wanted. Row groups wholly outside are not read.
    pub from: Option<TimeMs>,
    /// The first time that is no longer wanted.
    pub to: Option<TimeMs>,
}

/// Writes a frame.
pub fn write(frame: &Frame, out: impl Write + Send) -> Result<()> {
    write_groups(frame, out).map_err(failure)
}

fn write_groups(frame: &Frame, out: impl Write + Send) -> Result<(), ParquetError> {
    let time = Type::primitive_type_builder("time", Physical::INT64)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::timestamp(true, TimeUnit::MILLIS)))
        .build()?;
    let mut fields = vec![Arc::new(time)];
    for name in frame.column_names() {
        let column = Type::primitive_type_builder(name, Physical::DOUBLE);
        fields.push(Arc::new(column.with_repetition(Repetition::REQUIRED).build()?));
    }
    let schema = Arc::new(Type::group_type_builder("frame").with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_column_dictionary_enabled(ColumnPath::from("time"), false)
        .set_column_encoding(ColumnPath::from("time"), Encoding::DELTA_BINARY_PACKED)
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let columns: Vec<&[f64]> = frame.column_names().filter_map(|name| frame.column(name).ok()).collect();
    for (group, times) in frame.time().chunks(GROUP).enumerate() {
        let mut row_group = writer.next_row_group()?;
        if let Some(mut column) = row_group.next_column()? {
            column.typed::<Int64Type>().write_batch(times, None, None)?;
            column.close()?;
        }
        for values in &columns {
            if let Some(mut column) = row_group.next_column()? {
                let values = &values[group * GROUP..][..times.len()];
                column.typed::<DoubleType>().write_batch(values, None, None)?;
                column.close()?;
            }
        }
        row_group.close()?;
    }
    writer.close()?;
    Ok(())
}

/// Reads a frame.
///
/// Fails when there is no column of times, they do not increase, or a column that is asked for is missing or not of
/// numbers.
pub fn read(file: File, select: &Select) -> Result<Frame> {
    let reader = SerializedFileReader::new(file).map_err(failure)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let leaves = schema.columns();
    let time_at = leaves
        .iter()
        .position(|leaf| is_flat(leaf) && TIME_NAMES.contains(&leaf.name().to_lowercase().as_str()))
        .ok_or_else(|| {
            let names: Vec<String> = leaves.iter().map(|leaf| leaf.path().string()).collect();
            data(format!("no column of times ({}); there are: {}", TIME_NAMES.join(", "), names.join(", ")))
        })?;
    let scale = milliseconds(&leaves[time_at])?;
    let mut columns: Vec<(usize, String, Vec<f64>)> = Vec::new();
    for (place, leaf) in leaves.iter().enumerate().filter(|(place, _)| *place != time_at) {
        let name = leaf.path().string();
        let asked = select.columns.contains(&name);
        match unit(leaf) {
            Ok(_) if asked || select.columns.is_empty() => columns.push((place, name, Vec::new())),
            Err(why) if asked => return Err(data(format!("column `{name}` is not numeric: {why}"))),
            _ => {}
        }
    }
    if let Some(missing) = select.columns.iter().find(|name| columns.iter().all(|column| column.1 != **name))
    {
        return Err(Error::new(ErrorKind::NotFound, format!("no column `{missing}` in the file")));
    }
    let mut time = Vec::new();
    for group in 0..reader.num_row_groups() {
        if is_outside(reader.metadata().row_group(group), time_at, scale, select) {
            continue;
        }
        let row_group = reader.get_row_group(group).map_err(failure)?;
        let times = integers(&*row_group, time_at, scale)?;
        let wanted = |time: &TimeMs| {
            select.from.is_none_or(|from| *time >= from) && select.to.is_none_or(|to| *time < to)
        };
        for (place, name, values) in &mut columns {
            let group = numbers(&*row_group, *place, unit(&leaves[*place])?)?;
            if group.len() != times.len() {
                return Err(data(format!(
                    "column `{name}` has {} values in a row group of {} times",
                    group.len(),
                    times.len()
                )));
            }
            values.extend(group.iter().zip(&times).filter(|(_, time)| wanted(time)).map(|(value, _)| value));
        }
        time.extend(times.iter().filter(|time| wanted(time)));
    }
    let mut frame = Frame::new(time)?;
    for (_, name, values) in columns {
        frame = frame.with_column(name, values)?;
    }
    Ok(frame)
}

fn is_flat(leaf: &ColumnDescriptor) -> bool {
    leaf.max_rep_level() == 0 && leaf.max_def_level() <= 1
}

/// What a value of the times' column is in milliseconds: multiplied, then divided.
fn milliseconds(leaf: &ColumnDescriptor) -> Result<(i64, i64)> {
    match (leaf.physical_type(), leaf.logical_type_ref()) {
        (Physical::INT64, Some(LogicalType::Timestamp(timestamp))) => Ok(match timestamp.unit {
            TimeUnit::MILLIS => (1, 1),
            TimeUnit::MICROS => (1, 1_000),
            TimeUnit::NANOS => (1, 1_000_000),
        }),
        (Physical::INT64, None | Some(LogicalType::Integer(_))) => Ok((1, 1)),
        (Physical::INT32, Some(LogicalType::Date)) => Ok((86_400_000, 1)),
        (physical, logical) => Err(data(format!(
            "the times in `{}` are {physical} ({logical:?}); they must be timestamps, dates or milliseconds as INT64",
            leaf.name()
        ))),
    }
}

/// What a column's integers are divided by.
fn unit(leaf: &ColumnDescriptor) -> Result<f64> {
    const POWERS: [f64; 19] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18,
    ];
    if !is_flat(leaf) {
        return Err(data("it is nested"));
    }
    match (leaf.physical_type(), leaf.logical_type_ref()) {
        (Physical::INT32 | Physical::INT64, Some(LogicalType::Decimal(decimal))) => {
            usize::try_from(decimal.scale)
                .ok()
                .and_then(|scale| POWERS.get(scale).copied())
                .ok_or_else(|| data(format!("its scale is {}", decimal.scale)))
        }
        (Physical::INT32 | Physical::INT64, None | Some(LogicalType::Integer(_)))
        | (Physical::FLOAT | Physical::DOUBLE | Physical::BOOLEAN, _) => Ok(1.0),
        (physical, logical) => Err(data(format!("it is {physical} ({logical:?})"))),
    }
}

/// Whether the statistics of a row group tell that none of its times is wanted.
fn is_outside(group: &RowGroupMetaData, time_at: usize, scale: (i64, i64), select: &Select) -> bool {
    let Some(Statistics::Int64(times)) = group.columns().get(time_at).and_then(|column| column.statistics())
    else {
        return false;
    };
    let ms = |value: &i64| value.saturating_mul(scale.0).div_euclid(scale.1);
    times.max_opt().is_some_and(|last| select.from.is_some_and(|from| ms(last) < from))
        || times.min_opt().is_some_and(|first| select.to.is_some_and(|to| ms(first) >= to))
}

/// The times of a row group.
fn integers(group: &dyn RowGroupReader, place: usize, (by, per): (i64, i64)) -> Result<Vec<TimeMs>> {
    let missing = || data("a row has no time");
    let times = match group.get_column_reader(place).map_err(failure)? {
        ColumnReader::Int64ColumnReader(mut reader) => all(&mut reader, |value| value, None)?,
        ColumnReader::Int32ColumnReader(mut reader) => all(&mut reader, i64::from, None)?,
        _ => return Err(data("the times are not integers")),
    };
    times.into_iter().map(|time| Ok(time.ok_or_else(missing)?.saturating_mul(by).div_euclid(per))).collect()
}

/// The numbers of a column in a row group.
fn numbers(group: &dyn RowGroupReader, place: usize, unit: f64) -> Result<Vec<f64>> {
    let gap = Some(f64::NAN);
    let values = match group.get_column_reader(place).map_err(failure)? {
        ColumnReader::DoubleColumnReader(mut reader) => all(&mut reader, |value| value, gap)?,
        ColumnReader::FloatColumnReader(mut reader) => all(&mut reader, f64::from, gap)?,
        ColumnReader::Int64ColumnReader(mut reader) => all(&mut reader, |value| value as f64 / unit, gap)?,
        ColumnReader::Int32ColumnReader(mut reader) => {
            all(&mut reader, |value| f64::from(value) / unit, gap)?
        }
        ColumnReader::BoolColumnReader(mut reader) => {
            all(&mut reader, |value| f64::from(u8::from(value)), gap)?
        }
        _ => return Err(data("a column is not numeric")),
    };
    Ok(values.into_iter().flatten().collect())
}

/// All values of a column in a row group, `null` in the place of what is not there.
fn all<T: DataType, V: Copy>(
    reader: &mut ColumnReaderImpl<T>,
    convert: impl Fn(T::T) -> V,
    null: Option<V>,
) -> Result<Vec<Option<V>>>
where
    T::T: Copy,
{
    let mut out = Vec::new();
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    loop {
        values.clear();
        levels.clear();
        let (rows, ..) = reader.read_records(BATCH, Some(&mut levels), None, &mut values).map_err(failure)?;
        if rows == 0 {
            return Ok(out);
        }
        if levels.is_empty() {
            out.extend(values.iter().map(|&value| Some(convert(value))));
        } else {
            let mut values = values.iter();
            out.extend(levels.iter().map(|&level| {
                if level == 0 { null } else { values.next().map(|&value| convert(value)).or(null) }
            }));
        }
    }
}

fn data(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Data, message)
}

#[allow(clippy::needless_pass_by_value)] // what map_err hands over
fn failure(error: ParquetError) -> Error {
    Error::new(ErrorKind::Format, format!("not Parquet that can be read or written: {error}"))
}
