//! Columns of row groups, encoded and compressed side by side.

use std::ops::Range;

use atra_core::{Frame, Result};
use bytes::Bytes;
use parquet::column::writer::{ColumnCloseResult, ColumnWriterImpl};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};

use super::super::POWERS;
use super::threads::each;
use super::write::tick;
use super::{data, failure};

/// A column as it stands in the file, and what the file's footer says of it.
pub(super) type Encoded = (Bytes, ColumnCloseResult);

/// Encodes row groups, ranges of a frame's rows: a column of a group after the other, the times first.
pub(super) fn encode(
    frame: &Frame,
    groups: &[Range<usize>],
    decimals: &[Option<u8>],
    schema: &SchemaDescriptor,
    properties: &WriterPropertiesPtr,
) -> Result<Vec<Vec<Encoded>>> {
    // In the order of the file, which the frame's need not be.
    let places = 1..schema.num_columns();
    let columns =
        places.map(|place| frame.column(schema.column(place).name())).collect::<Result<Vec<_>>>()?;
    // The last column is mostly the volume, the longest to encode, and the times are the quickest: thus no thread is left
    // with much at the end.
    let jobs: Vec<_> =
        groups.iter().flat_map(|rows| (0..=columns.len()).rev().map(move |place| (rows, place))).collect();
    let values = groups.iter().map(Range::len).sum::<usize>() * (columns.len() + 1);
    let mut encoded = each(jobs, values, |(rows, place)| {
        let to = (schema.column(place), properties.clone());
        match place.checked_sub(1) {
            None => typed::<Int64Type>(to, &frame.time()[rows.clone()], None).map_err(failure),
            Some(at) => numbers(to, &columns[at][rows.clone()], decimals[at]),
        }
    })?
    .into_iter();
    let group = |_| {
        let mut group: Vec<_> = encoded.by_ref().take(columns.len() + 1).collect();
        group.reverse();
        group
    };
    Ok(groups.iter().map(group).collect())
}

fn numbers(
    to: (ColumnDescPtr, WriterPropertiesPtr),
    values: &[f64],
    decimals: Option<u8>,
) -> Result<Encoded> {
    let Some(decimals) = decimals else { return typed::<DoubleType>(to, values, None).map_err(failure) };
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
