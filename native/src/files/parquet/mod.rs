//! Frames and Apache Parquet, whole or piece by piece.
//!
//! Times are written as UTC timestamps in milliseconds, delta-encoded; numbers as doubles, so that every program reads
//! them as what they are, bit by bit, or as [decimals](Numbers::Decimals). Read are timestamps of any unit and columns
//! of integers, decimals, floats and booleans; nulls become gaps (NaN). Columns of another type are left out, and asking
//! for one says why.

mod checked;
mod columns;
mod decode;
mod read;
mod room;
mod source;
mod threads;
mod types;
mod whole;
mod write;

use std::fs::File;
use std::io::Write;

use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};
use parquet::errors::ParquetError;

pub use read::Reader;
pub use write::{Numbers, Settings, Writer};

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

/// Writes a frame with the [default settings](Settings).
pub fn write(frame: &Frame, out: impl Write + Send) -> Result<()> {
    write_with(frame, out, Settings::default())
}

/// Writes a frame. As decimals are written those columns that this restores to the last bit; the others as doubles.
pub fn write_with(frame: &Frame, out: impl Write + Send, settings: Settings) -> Result<()> {
    write::write_all(frame, out, settings)
}

/// Reads a frame.
///
/// Fails when there is no column of times, they do not increase, or a column that is asked for is missing or not of
/// numbers.
pub fn read(file: File, select: &Select) -> Result<Frame> {
    Reader::open(file, select)?.rest()
}

fn data(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Data, message)
}

#[allow(clippy::needless_pass_by_value)] // what map_err hands over
fn failure(error: ParquetError) -> Error {
    Error::new(ErrorKind::Format, format!("not Parquet that can be read or written: {error}"))
}
