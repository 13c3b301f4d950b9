//! Frames to and from Python, without a copy on the way out: a library that Python loads, called with the address of a
//! stream of Arrow's C data interface. `tests/others.py` does so with pyarrow and polars.
//!
//! `cargo build -p atra --features arrow --example exchange` makes `target/debug/examples/libexchange.so`.
#![allow(clippy::missing_safety_doc)] // said above each

use std::ffi::{CStr, c_char};
use std::path::Path;

use atra::files::{self, arrow};

/// Reads a file into the stream at `out`. Returns where the last column lies in memory, null when there is none.
///
/// `path` must be a C string, `out` a stream to be overwritten.
// SAFETY: nothing else has the name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn atra_export(
    path: *const c_char,
    out: *mut arrow::FFI_ArrowArrayStream,
) -> *const f64 {
    // SAFETY: as the caller promises.
    let path = unsafe { CStr::from_ptr(path) }.to_string_lossy();
    let exported = files::read(Path::new(&*path), |file| Box::new(file)).and_then(|frame| {
        let last = frame.column_names().last().and_then(|name| frame.column(name).ok()).map(<[f64]>::as_ptr);
        Ok((last, arrow::export(frame)?))
    });
    match exported {
        Ok((last, stream)) => {
            // SAFETY: as the caller promises.
            unsafe { out.write(stream) };
            last.unwrap_or(std::ptr::null())
        }
        Err(error) => {
            eprintln!("error: {error}");
            std::ptr::null()
        }
    }
}

/// Writes the rows of the stream into a file, and releases it. Returns how many they are, -1 when it fails.
///
/// `path` must be a C string, `stream` a stream that nobody else uses.
// SAFETY: nothing else has the name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn atra_import(path: *const c_char, stream: *mut arrow::FFI_ArrowArrayStream) -> i64 {
    // SAFETY: as the caller promises.
    let path = unsafe { CStr::from_ptr(path) }.to_string_lossy();
    // SAFETY: as the caller promises; the stream that is left behind is a released one.
    let stream = unsafe { arrow::FFI_ArrowArrayStream::from_raw(stream) };
    let imported = arrow::import(stream).and_then(|frame| {
        files::write(&frame, Path::new(&*path))?;
        Ok(frame.len())
    });
    match imported {
        Ok(rows) => i64::try_from(rows).unwrap_or(i64::MAX),
        Err(error) => {
            eprintln!("error: {error}");
            -1
        }
    }
}
