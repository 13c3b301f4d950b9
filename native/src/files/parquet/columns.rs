//! Columns of row groups, encoded and compressed side by side.

use std::ops::Range;

use atra_core::{Frame, Result};
use bytes::Bytes;
use parquet::column::writer::{ColumnCloseResult, ColumnWriterImpl};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::super::POWERS;
use super::threads::{each_in_turn, processors};
use super::write::tick;
use super::{data, failure};

/// A column as it stands in the file, and what the file's footer says of it.
pub(super) type Encoded = (Bytes, ColumnCloseResult);

/// How many row groups a processor has in memory at most, encoded and not yet written.
const GROUPS_AHEAD: usize = 2;

/// Encodes row groups, ranges of a frame's rows, and hands each on as soon as it is: its columns, the times first.
pub(super) fn encode(
    frame: &Frame,
    groups: impl Iterator<Item = Range<usize>>,
    decimals: &[Option<u8>],
    descriptions: &[ColumnDescPtr],
    properties: &WriterPropertiesPtr,
    mut take: impl FnMut(Vec<Encoded>) -> Result<()>,
) -> Result<()> {
    // In the order of the file, which the frame's need not be.
    let names = descriptions.iter().skip(1).map(|description| description.name());
    let columns = names.map(|name| frame.column(name)).collect::<Result<Vec<_>>>()?;
    // The last column is mostly the volume, the longest to encode, and the times are the quickest: thus no thread is left
    // with much at the end.
    let jobs: Vec<_> =
        groups.flat_map(|rows| (0..=columns.len()).rev().map(move |place| (rows.clone(), place))).collect();
    let (each_group, values) = (columns.len() + 1, frame.len().saturating_mul(columns.len() + 1));
    let encoded = |(rows, place): (Range<usize>, usize)| {
        let to = (descriptions[place].clone(), properties.clone());
        match place.checked_sub(1) {
            None => typed::<Int64Type>(to, &frame.time()[rows], None).map_err(failure),
            Some(at) => numbers(to, &columns[at][rows], decimals[at]),
        }
    };
    let mut group = Vec::new();
    each_in_turn(jobs, values, GROUPS_AHEAD * processors() * each_group, encoded, |column| {
        group.push(column);
        if group.len() < each_group {
            return Ok(());
        }
        group.reverse();
        take(std::mem::take(&mut group))
    })
}

fn numbers(
    to: (ColumnDescPtr, WriterPropertiesPtr),
    values: &[f64],
    decimals: Option<u8>,
) -> Result<Encoded> {
    let Some(decimals) = decimals else { return doubles(to, values).map_err(failure) };
    let power = POWERS[usize::from(decimals)];
    let has_gaps = to.0.max_def_level() > 0;
    let mut ticks = Vec::with_capacity(values.len());
    for &value in values {
        match tick(value, power) {
            Some(tick) => ticks.push(tick),
            None if value.is_nan() && has_gaps => {}
            None => {
                let name = to.0.name();
                return Err(data(format!("column `{name}`: {value} is not a number of {decimals} decimals")));
            }
        }
    }
    let levels: Option<Vec<i16>> =
        has_gaps.then(|| values.iter().map(|value| i16::from(!value.is_nan())).collect());
    typed::<Int64Type>(to, &ticks, levels.as_deref()).map_err(failure)
}

/// With their bounds, which the encoder, told so by [`open`](super::write), leaves to this: it takes them one by one, and a
/// twentieth of the time that all takes.
fn doubles(to: (ColumnDescPtr, WriterPropertiesPtr), values: &[f64]) -> Result<Encoded, ParquetError> {
    let (bytes, mut closed) = typed::<DoubleType>(to, values, None)?;
    let (least, most) = bounds(values).unzip();
    let statistics = Statistics::double(least, most, None, Some(0), false);
    closed.metadata = closed.metadata.into_builder().set_statistics(statistics).build()?;
    Ok((bytes, closed))
}

/// The least and the greatest number, if there are any; of zeros that below, and that above, as the format wants it.
fn bounds(values: &[f64]) -> Option<(f64, f64)> {
    const LANES: usize = 8;
    let (mut least, mut most) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    let mut take = |lane: usize, value: f64| {
        // Neither is so of a NaN.
        least[lane] = if value < least[lane] { value } else { least[lane] };
        most[lane] = if value > most[lane] { value } else { most[lane] };
    };
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, &value) in chunk.iter().enumerate() {
            take(lane, value);
        }
    }
    for (lane, &value) in rest.iter().enumerate() {
        take(lane, value);
    }
    let least =
        least.into_iter().fold(f64::INFINITY, |least, value| if value < least { value } else { least });
    let most =
        most.into_iter().fold(f64::NEG_INFINITY, |most, value| if value > most { value } else { most });
    let zero = |value: f64, as_zero: f64| if value == 0.0 { as_zero } else { value };
    (least <= most).then(|| (zero(least, -0.0), zero(most, 0.0)))
}

fn typed<T: DataType>(
    (description, properties): (ColumnDescPtr, WriterPropertiesPtr),
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<Encoded, ParquetError> {
    let mut out = TrackedWrite::new(Vec::with_capacity(values.len() * 4));
    let pages = Box::new(SerializedPageWriter::new(&mut out));
    let mut column = ColumnWriterImpl::<T>::new(description, properties, pages);
    column.write_batch(values, levels, None)?;
    let closed = column.close()?;
    Ok((out.into_inner()?.into(), closed))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::files::parquet::{Settings, write_with};

    #[test]
    fn every_column_has_its_bounds() {
        let none = vec![f64::NAN; 20];
        let mut gaps: Vec<f64> = (0..20).map(|row| f64::from(row * 7 % 20) - 3.5).collect();
        (gaps[0], gaps[19]) = (f64::NAN, f64::NAN);
        let mut all = gaps.clone();
        (all[3], all[18]) = (f64::INFINITY, f64::NEG_INFINITY);
        let columns = [
            ("none", none, None),
            ("gaps", gaps, Some((-2.5, 15.5))),
            ("all", all, Some((f64::NEG_INFINITY, f64::INFINITY))),
            ("zeros", [0.0, -0.0].repeat(10), Some((-0.0, 0.0))),
            ("last", (0..20).map(f64::from).collect(), Some((0.0, 19.0))),
        ];
        let mut frame = Frame::new((0..20).collect()).unwrap();
        for (name, values, _) in &columns {
            frame = frame.with_column(*name, values.clone()).unwrap();
        }
        let mut file = Vec::new();
        write_with(&frame, &mut file, Settings::default()).unwrap();
        let read = SerializedFileReader::new(Bytes::from(file)).unwrap();
        let group = read.metadata().row_group(0);
        for (place, (name, _, expected)) in columns.iter().enumerate() {
            let Some(Statistics::Double(found)) = group.column(place + 1).statistics() else {
                panic!("{name}")
            };
            let bits =
                |bounds: Option<(f64, f64)>| bounds.map(|(least, most)| (least.to_bits(), most.to_bits()));
            // Of zeros the least is that below.
            let expected = expected.map(|(least, most)| (if least == 0.0 { -0.0 } else { least }, most));
            assert_eq!(
                bits(found.min_opt().copied().zip(found.max_opt().copied())),
                bits(expected),
                "{name}"
            );
            assert_eq!(found.null_count_opt(), Some(0));
        }
    }
}
