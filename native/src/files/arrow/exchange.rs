//! Arrow's C data interface.

use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::{RecordBatchIterator, RecordBatchReader};
use atra_core::{Frame, Result};

pub use arrow_array::ffi_stream::FFI_ArrowArrayStream;

use super::{batch, failure, together};

/// The frame as a stream of the C data interface, which pyarrow, polars, pandas, `DuckDB` and whatever else speaks Arrow
/// take over within a process (`__arrow_c_stream__`). It holds the frame's own memory, none of it copied, until its
/// consumer releases it.
///
/// `examples/exchange.rs` gives frames to Python.
///
/// ```
/// use atra::Frame;
/// use atra::files::arrow::{export, import};
///
/// let frame = Frame::new(vec![1, 2])?.with_column("close", vec![10.5, 11.0])?;
/// assert_eq!(import(export(frame.clone())?)?, frame);
/// # Ok::<(), atra::Error>(())
/// ```
pub fn export(frame: Frame) -> Result<FFI_ArrowArrayStream> {
    let batch = batch(frame)?;
    let schema = batch.schema();
    let batches: Box<dyn RecordBatchReader + Send> = Box::new(RecordBatchIterator::new([Ok(batch)], schema));
    Ok(FFI_ArrowArrayStream::new(batches))
}

/// The frame that a stream of the C data interface holds, its columns taken as [`frame`](super::frame) takes them. They
/// are copied once, for the memory is its producer's, and what was taken is released.
///
/// Fails as [`frame`](super::frame) does, when the stream is released already or empty, and when its producer fails.
pub fn import(stream: FFI_ArrowArrayStream) -> Result<Frame> {
    together(ArrowArrayStreamReader::try_new(stream).map_err(failure)?)
}
