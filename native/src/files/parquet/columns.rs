//! Columns of row groups, encoded and compressed side by side.

use std::ops::Range;

use atra_core::{Frame, Result};
use bytes::Bytes;
use parquet::column::writer::{ColumnCloseResult, ColumnWriterImpl};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterPropertiesPtr;
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
