//! atra in JavaScript: thin bindings, the same for every indicator.
//!
//! Columns live in wasm memory: a [`Frame`] is appended to once and computed on many times, an [`Output`] is read
//! through views, a [`Stream`] takes its bar and gives its values through two small resident buffers. What people
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

pub use frame::Frame;
pub use output::Output;
pub use stream::Stream;

use atra_core::{Spec, registry};
use wasm_bindgen::prelude::wasm_bindgen;

/// Every indicator's description, as a JSON array.
#[wasm_bindgen]
#[must_use]
pub fn catalog() -> String {
    let specs: Vec<&Spec> = registry::all().iter().map(registry::Entry::spec).collect();
    serde_json::to_string(&specs).unwrap_or_default()
}
