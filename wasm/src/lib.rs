//! atra in JavaScript: thin bindings, the same for every indicator.
//!
//! Columns live in wasm memory: a [`Frame`] is appended to once and computed on many times, an [`Output`] is read
//! through views, a [`Stream`] takes its bar and gives its values through two small resident buffers, and a [`Watch`] does
//! so for many indicators at once. What people
//! import is the hand-written `npm/api.js` on top of this module: it makes the views, names the outputs and
//! checks what JavaScript lets through. Neither knows any indicator; both read the registry.
//!
//! Nothing here panics on bad input: a fallible call throws an `Error` whose `code` is
//! [`ErrorKind::code`](atra_core::ErrorKind::code). Calls made once a tick return a `bool` instead (a thrown
//! `Result` costs an array a call) and keep the error for `takeError`.

mod error;
mod frame;
mod output;
mod params;
mod stream;
pub mod types;
mod watch;

pub use frame::Frame;
pub use output::Output;
pub use stream::Stream;
pub use watch::Watch;

use atra_core::registry::{self, Entry};
use atra_core::{Error, ErrorKind, Spec};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The number of the indicator of this id or TA-Lib name: its place in the catalogue.
#[wasm_bindgen]
pub fn find(id: &str) -> Result<usize, JsValue> {
    let entry = registry::find(id).map_err(error::throw)?;
    Ok(registry::all().iter().position(|other| std::ptr::eq(entry, other)).unwrap_or_default())
}

/// The id, inputs and outputs of the indicator of this number, as `rsi|close|rsi`; several are parted by commas.
#[wasm_bindgen]
#[must_use]
pub fn names(indicator: usize) -> String {
    let Ok(entry) = entry(indicator) else { return String::new() };
    let Spec { id, inputs, outputs, .. } = entry.spec();
    let inputs: Vec<&str> = inputs.iter().map(|input| input.column()).collect();
    let outputs: Vec<&str> = outputs.iter().map(|output| output.name).collect();
    [*id, &inputs.join(","), &outputs.join(",")].join("|")
}

/// The indicator of a number that [`find`] gave.
pub(crate) fn entry(indicator: usize) -> atra_core::Result<&'static Entry> {
    registry::all().get(indicator).ok_or_else(|| Error::new(ErrorKind::NotFound, "no such indicator"))
}
