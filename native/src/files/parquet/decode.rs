//! Values of a row group as times and as numbers.

use atra_core::{Result, TimeMs};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;

use super::types::Number;
use super::{data, failure};

/// Values decoded at once: few enough to stay in a processor's cache on their way.
const STEP: usize = 1 << 13;

/// Fills `out` with the next times of a row group; how many there are.
pub(super) fn times(reader: &mut ColumnReader, (by, per): (i64, i64), out: &mut [TimeMs]) -> Result<usize> {
    let gap = |_: &[i16], _, _: &mut [TimeMs]| Err(data("a row has no time"));
    let scaled = |time: TimeMs| time.saturating_mul(by).div_euclid(per);
    match reader {
        ColumnReader::Int64ColumnReader(reader) if (by, per) == (1, 1) => {
            filled(reader, out, |values, out| map(values, out, |&time| time), gap)
        }
        ColumnReader::Int64ColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |&time| scaled(time)), gap)
        }
        ColumnReader::Int32ColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |&day| scaled(i64::from(day))), gap)
        }
        _ => Err(data("the times are not integers")),
    }
}

/// Fills `out` with the next numbers of a row group; how many there are.
pub(super) fn numbers(reader: &mut ColumnReader, number: Number, out: &mut [f64]) -> Result<usize> {
    match reader {
        ColumnReader::DoubleColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |&value| value), spread)
        }
        ColumnReader::FloatColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |&value| f64::from(value)), spread)
        }
        ColumnReader::Int64ColumnReader(reader) => {
            filled(reader, out, |values, out| number.of_i64s(values, out), spread)
        }
        ColumnReader::Int32ColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |&value| number.of_i32(value)), spread)
        }
        ColumnReader::BoolColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |&value| f64::from(u8::from(value))), spread)
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |value| number.of_bytes(value.data())), spread)
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            filled(reader, out, |values, out| map(values, out, |value| number.of_bytes(value.data())), spread)
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

pub(super) fn map<T, O>(values: &[T], out: &mut [O], convert: impl Fn(&T) -> O) {
    for (out, value) in out.iter_mut().zip(values) {
        *out = convert(value);
    }
}

/// Fills `out` in steps. `gaps` is given the levels of rows some of which have no value, and how many have one; these lie
/// first.
fn filled<T: DataType, O>(
    reader: &mut ColumnReaderImpl<T>,
    out: &mut [O],
    convert: impl Fn(&[T::T], &mut [O]),
    gaps: impl Fn(&[i16], usize, &mut [O]) -> Result<()>,
) -> Result<usize> {
    let (mut values, mut levels, mut filled) = (Vec::new(), Vec::new(), 0);
    for rows in out.chunks_mut(STEP) {
        values.clear();
        levels.clear();
        let (read, present, _) =
            reader.read_records(rows.len(), Some(&mut levels), None, &mut values).map_err(failure)?;
        convert(&values, rows);
        if present < read {
            gaps(&levels, present, rows)?;
        }
        filled += read;
        if read < rows.len() {
            break;
        }
    }
    Ok(filled)
}

/// Moves the values, which lie first, to the rows they are of, with gaps between.
#[allow(clippy::unnecessary_wraps)] // times have no gaps
fn spread(levels: &[i16], present: usize, out: &mut [f64]) -> Result<()> {
    let mut from = present;
    for row in (0..levels.len().min(out.len())).rev() {
        let value = if levels[row] == 0 {
            f64::NAN
        } else {
            from = from.saturating_sub(1);
            out[from]
        };
        out[row] = value;
    }
    Ok(())
}
