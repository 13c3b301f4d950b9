//! Frames and Apache Arrow: record batches without a copy, and IPC files (Feather).
//!
//! ```
//! use atra::Frame;
//! use atra::files::arrow;
//!
//! let frame = Frame::new(vec![1, 2])?.with_column("close", vec![10.5, f64::NAN])?;
//! let address = frame.column("close")?.as_ptr();
//! let batch = arrow::batch(frame)?;
//! assert_eq!(batch.schema().field(1).name(), "close");
//! let frame = arrow::frame(batch)?;
//! assert_eq!(frame.column("close")?.as_ptr(), address);
//! # Ok::<(), atra::Error>(())
//! ```
//!
//! A batch is what `DataFusion` reads; [`export`] hands a frame to pyarrow, polars and whatever else speaks Arrow's C data
//! interface, again without a copy.

mod exchange;

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, Float64Array, PrimitiveArray, RecordBatch, TimestampMillisecondArray};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, TimeUnit};
use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};

use crate::csv::TIME_NAMES;

pub use exchange::{FFI_ArrowArrayStream, export, import};

const MAGIC: &[u8] = b"ARROW1";

/// The frame as a record batch: its own memory, none of it copied. Times are timestamps in milliseconds, UTC; gaps are
/// NaN, not nulls.
pub fn batch(frame: Frame) -> Result<RecordBatch> {
    let (time, columns) = frame.into_columns();
    let utc = DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()));
    let mut fields = vec![Field::new("time", utc, false)];
    let mut arrays: Vec<ArrayRef> =
        vec![Arc::new(TimestampMillisecondArray::from(time).with_timezone("UTC"))];
    for (name, values) in columns {
        fields.push(Field::new(name, DataType::Float64, false));
        arrays.push(Arc::new(Float64Array::from(values)));
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(failure)
}

/// The batch as a frame. Columns of `f64` without nulls, and times in milliseconds, are not copied when nothing else
/// holds their memory; other integers, floats, decimals and booleans are converted, nulls becoming gaps (NaN). Columns of
/// another type are left out.
///
/// Fails when there is no column of times, one is null, or they do not increase.
pub fn frame(batch: RecordBatch) -> Result<Frame> {
    let schema = batch.schema();
    let (_, columns, _) = batch.into_parts();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let time_at = names
        .iter()
        .position(|name| TIME_NAMES.contains(&name.to_lowercase().as_str()))
        .ok_or_else(|| {
            data(format!("no column of times ({}); there are: {}", TIME_NAMES.join(", "), names.join(", ")))
        })?;
    let mut time = Vec::new();
    let mut values = Vec::new();
    for (place, array) in columns.into_iter().enumerate() {
        if place == time_at {
            time = times(names[place], array)?;
        } else if let Some(numbers) = numbers(array) {
            values.push((names[place], numbers));
        }
    }
    values.into_iter().try_fold(Frame::new(time)?, |frame, (name, values)| frame.with_column(name, values))
}

/// Writes an IPC file of one batch, uncompressed: other programs map it into memory and use it where it lies.
pub fn write(frame: Frame, out: impl Write) -> Result<()> {
    let batch = batch(frame)?;
    let mut writer = FileWriter::try_new(out, &batch.schema()).map_err(failure)?;
    writer.write(&batch).and_then(|()| writer.finish()).map_err(failure)
}

/// Reads an IPC file, or a stream of batches, compressed or not.
///
/// Fails as [`frame`] does, and when the bytes are not Arrow.
pub fn read(mut input: impl Read) -> Result<Frame> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|error| Error::new(ErrorKind::Io, format!("cannot be read: {error}")))?;
    if bytes.starts_with(MAGIC) {
        check_blocks(&bytes)?;
        together(FileReader::try_new(Cursor::new(bytes), None).map_err(failure)?)
    } else {
        together(StreamReader::try_new(Cursor::new(bytes), None).map_err(failure)?)
    }
}

fn together(batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>) -> Result<Frame> {
    let mut whole: Option<Frame> = None;
    for batch in batches {
        let part = frame(batch.map_err(failure)?)?;
        match &mut whole {
            None => whole = Some(part),
            Some(whole) => whole.append(&part)?,
        }
    }
    whole.ok_or_else(|| data("the file has no rows"))
}

/// Memory is taken for as much as a block claims: it must be there.
fn check_blocks(bytes: &[u8]) -> Result<()> {
    let cut = || Error::new(ErrorKind::Format, "not Arrow that can be read: the file is cut short");
    let end = bytes.len().checked_sub(10).ok_or_else(cut)?;
    let tail = bytes[end..].try_into().map_err(|_| cut())?;
    let length = arrow_ipc::reader::read_footer_length(tail).map_err(failure)?;
    let footer = end.checked_sub(length).and_then(|start| bytes.get(start..end)).ok_or_else(cut)?;
    let footer = arrow_ipc::root_as_footer(footer)
        .map_err(|error| Error::new(ErrorKind::Format, format!("not Arrow that can be read: {error}")))?;
    for block in footer.recordBatches().iter().flatten().chain(footer.dictionaries().iter().flatten()) {
        let (from, metadata) = (usize::try_from(block.offset()), usize::try_from(block.metaDataLength()));
        let (Ok(from), Ok(metadata), Ok(body)) = (from, metadata, usize::try_from(block.bodyLength())) else {
            return Err(cut());
        };
        if from
            .checked_add(metadata)
            .and_then(|end| end.checked_add(body))
            .is_none_or(|end| end > bytes.len())
        {
            return Err(cut());
        }
    }
    Ok(())
}

/// An array's values, in its own memory if nothing else holds that.
fn values<T: ArrowPrimitiveType>(array: ArrayRef) -> Vec<T::Native> {
    let typed: PrimitiveArray<T> = array.as_primitive::<T>().clone();
    drop(array);
    typed.into_parts().1.into()
}

fn times(name: &str, array: ArrayRef) -> Result<Vec<TimeMs>> {
    if array.null_count() > 0 {
        return Err(data("a row has no time"));
    }
    let scaled = |times: Vec<i64>, by: i64, per: i64| -> Vec<i64> {
        times.into_iter().map(|time| time.saturating_mul(by).div_euclid(per)).collect()
    };
    Ok(match array.data_type() {
        DataType::Timestamp(TimeUnit::Second, _) => scaled(values::<TimestampSecondType>(array), 1_000, 1),
        DataType::Timestamp(TimeUnit::Millisecond, _) => values::<TimestampMillisecondType>(array),
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            scaled(values::<TimestampMicrosecondType>(array), 1, 1_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            scaled(values::<TimestampNanosecondType>(array), 1, 1_000_000)
        }
        DataType::Date64 => values::<Date64Type>(array),
        DataType::Int64 => values::<Int64Type>(array),
        DataType::Date32 => {
            values::<Date32Type>(array).into_iter().map(|day| i64::from(day) * 86_400_000).collect()
        }
        other => {
            return Err(data(format!(
                "the times in `{name}` are {other}; they must be timestamps, dates or milliseconds as Int64"
            )));
        }
    })
}

/// `None` of what is not numbers.
#[allow(clippy::cast_precision_loss)] // to the nearest, as documented
fn numbers(array: ArrayRef) -> Option<Vec<f64>> {
    fn converted<T: ArrowPrimitiveType>(array: &dyn Array, convert: impl Fn(T::Native) -> f64) -> Vec<f64> {
        array.as_primitive::<T>().iter().map(|value| value.map_or(f64::NAN, &convert)).collect()
    }
    let any = &*array;
    Some(match any.data_type() {
        DataType::Float64 if array.null_count() == 0 => values::<Float64Type>(array),
        DataType::Float64 => converted::<Float64Type>(any, |value| value),
        DataType::Float32 => converted::<Float32Type>(any, f64::from),
        DataType::Int8 => converted::<Int8Type>(any, f64::from),
        DataType::Int16 => converted::<Int16Type>(any, f64::from),
        DataType::Int32 => converted::<Int32Type>(any, f64::from),
        DataType::Int64 => converted::<Int64Type>(any, |value| value as f64),
        DataType::UInt8 => converted::<UInt8Type>(any, f64::from),
        DataType::UInt16 => converted::<UInt16Type>(any, f64::from),
        DataType::UInt32 => converted::<UInt32Type>(any, f64::from),
        DataType::UInt64 => converted::<UInt64Type>(any, |value| value as f64),
        DataType::Decimal128(_, scale @ 0..=22) => {
            let unit = super::POWERS[usize::try_from(*scale).ok()?];
            converted::<Decimal128Type>(any, |value| value as f64 / unit)
        }
        DataType::Boolean => {
            let number = |value: Option<bool>| value.map_or(f64::NAN, |value| f64::from(u8::from(value)));
            any.as_boolean().iter().map(number).collect()
        }
        _ => return None,
    })
}

fn data(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Data, message)
}

#[allow(clippy::needless_pass_by_value)] // what map_err hands over
fn failure(error: ArrowError) -> Error {
    Error::new(ErrorKind::Format, format!("not Arrow that can be read or written: {error}"))
}
