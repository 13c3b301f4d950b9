//! Values of a row group as times and as numbers.

use atra_core::{Result, TimeMs};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray};

use super::room::{Room, append};
use super::types::Number;
use super::{data, failure};

/// Values decoded at once: few enough to stay in a processor's cache on their way.
const STEP: usize = 1 << 11;

/// Fills `out` with the next times of a row group, as many as there are.
pub(super) fn times(
    reader: &mut ColumnReader,
    (by, per): (i64, i64),
    out: &mut Room<'_, TimeMs>,
) -> Result<()> {
    let gap = || Err(data("a row has no time"));
    let scaled = |time: TimeMs| time.saturating_mul(by).div_euclid(per);
    match reader {
        ColumnReader::Int64ColumnReader(reader) if (by, per) == (1, 1) => {
            fill(reader, out, |times, out| out.extend(times.iter().copied()), gap)
        }
        ColumnReader::Int64ColumnReader(reader) => {
            fill(reader, out, |times, out| out.extend(times.iter().map(|&time| scaled(time))), gap)
        }
        ColumnReader::Int32ColumnReader(reader) => {
            fill(reader, out, |days, out| out.extend(days.iter().map(|&day| scaled(day.into()))), gap)
        }
        _ => Err(data("the times are not integers")),
    }
}

/// Fills `out` with the next numbers of a row group, as many as there are.
pub(super) fn numbers(reader: &mut ColumnReader, number: Number, out: &mut Room<'_, f64>) -> Result<()> {
    let gap = || Ok(f64::NAN);
    match reader {
        ColumnReader::DoubleColumnReader(reader) => {
            fill(reader, out, |values, out| out.extend(values.iter().copied()), gap)
        }
        ColumnReader::FloatColumnReader(reader) => {
            fill(reader, out, |values, out| out.extend(values.iter().map(|&value| value.into())), gap)
        }
        ColumnReader::Int64ColumnReader(reader) => {
            fill(reader, out, |values, out| number.of_i64s(values, out), gap)
        }
        ColumnReader::Int32ColumnReader(reader) => {
            fill(reader, out, |values, out| out.extend(values.iter().map(|&value| number.of_i32(value))), gap)
        }
        ColumnReader::BoolColumnReader(reader) => {
            let convert = |&value: &bool| f64::from(u8::from(value));
            fill(reader, out, |values, out| out.extend(values.iter().map(convert)), gap)
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            let convert = |value: &ByteArray| number.of_bytes(value.data());
            fill(reader, out, |values, out| out.extend(values.iter().map(convert)), gap)
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            let convert = |value: &FixedLenByteArray| number.of_bytes(value.data());
            fill(reader, out, |values, out| out.extend(values.iter().map(convert)), gap)
        }
        ColumnReader::Int96ColumnReader(_) => Err(data("a column is not numeric")),
    }
}

/// Leaves out the next values of a row group; how many there are.
pub(super) fn skip(reader: &mut ColumnReader, rows: usize) -> Result<usize> {
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

/// Fills `out` in steps; where a row has no value, with what a `gap` is.
fn fill<T: DataType, O: Copy>(
    reader: &mut ColumnReaderImpl<T>,
    out: &mut Room<'_, O>,
    convert: impl Fn(&[T::T], &mut Room<'_, O>),
    gap: impl Fn() -> Result<O>,
) -> Result<()> {
    let (mut values, mut levels, mut converted) = (Vec::new(), Vec::new(), Vec::new());
    while !out.is_full() {
        values.clear();
        levels.clear();
        let rows = out.left().min(STEP);
        let (read, present, _) =
            reader.read_records(rows, Some(&mut levels), None, &mut values).map_err(failure)?;
        if present < read {
            let gap = gap()?;
            converted.clear();
            append(&mut converted, present, |room| {
                convert(&values, room);
                Ok(())
            })?;
            let mut present = converted.iter().copied();
            let value = |&level: &i16| if level > 0 { present.next().unwrap_or(gap) } else { gap };
            out.extend(levels.iter().map(value));
        } else {
            convert(&values, out);
        }
        if read < rows {
            break;
        }
    }
    Ok(())
}
