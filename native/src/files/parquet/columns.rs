//! Columns of a row group, encoded and compressed side by side.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

use atra_core::{Frame, Result};
use bytes::Bytes;
use parquet::column::writer::{ColumnCloseResult, ColumnWriterImpl};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};

use super::super::POWERS;
use super::write::tick;
use super::{data, failure};

/// With fewer values a thread costs more than it saves.
const WORTH_A_THREAD: usize = 1 << 14;

/// A column as it stands in the file, and what the file's footer says of it.
pub(super) type Encoded = (Bytes, ColumnCloseResult);

/// Encodes the columns of a frame, the times first, on as many threads as there are processors for.
pub(super) fn encode(
    frame: &Frame,
    decimals: &[Option<u8>],
    schema: &SchemaDescriptor,
    properties: &WriterPropertiesPtr,
) -> Result<Vec<Encoded>> {
    let names: Vec<&str> = frame.column_names().collect();
    let one = |place: usize| {
        let to = (schema.column(place), properties.clone());
        match place.checked_sub(1) {
            None => typed::<Int64Type>(to, frame.time(), None).map_err(failure),
            Some(at) => numbers(to, names[at], frame.column(names[at])?, decimals[at]),
        }
    };
    let (columns, next) = (names.len() + 1, AtomicUsize::new(0));
    let encoded = Mutex::new(Vec::with_capacity(columns));
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= columns {
                return;
            }
            let column = one(place);
            encoded.lock().unwrap_or_else(PoisonError::into_inner).push((place, column));
        }
    };
    let threads = (frame.len() * columns / WORTH_A_THREAD)
        .min(columns)
        .min(available_parallelism().map_or(1, NonZero::get));
    scope(|scope| {
        for _ in 1..threads {
            // Where there is no thread to be had, this one does it all.
            let _ = Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    let mut encoded = encoded.into_inner().unwrap_or_else(PoisonError::into_inner);
    encoded.sort_by_key(|(place, _)| *place);
    encoded.into_iter().map(|(_, column)| column).collect()
}

fn numbers(
    to: (ColumnDescPtr, WriterPropertiesPtr),
    name: &str,
    values: &[f64],
    decimals: Option<u8>,
) -> Result<Encoded> {
    let Some(decimals) = decimals else { return typed::<DoubleType>(to, values, None).map_err(failure) };
    let power = POWERS[usize::from(decimals)];
    let ticks = values.iter().filter(|value| !value.is_nan()).map(|&value| {
        tick(value, power)
            .ok_or_else(|| data(format!("column `{name}`: {value} is not a number of {decimals} decimals")))
    });
    let ticks = ticks.collect::<Result<Vec<_>>>()?;
    let levels: Vec<i16> = values.iter().map(|value| i16::from(!value.is_nan())).collect();
    typed::<Int64Type>(to, &ticks, Some(&levels)).map_err(failure)
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
