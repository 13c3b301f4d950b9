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

use std::cell::RefCell;
use std::rc::Rc;

use atra_core::registry::{self, Entry};
use atra_core::{DynIndicator, Error, ErrorKind, Spec};
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

/// The indicator of a number with these parameters, or with those it was last built with if they are these `again`: pages
/// compute the same ones over and over, and reading an object costs more than computing a thousand bars.
pub(crate) fn built(
    indicator: usize,
    params: &JsValue,
    again: bool,
) -> atra_core::Result<Rc<dyn DynIndicator>> {
    thread_local! {
        static LAST: RefCell<Vec<Option<Rc<dyn DynIndicator>>>> =
            RefCell::new(vec![None; registry::all().len()]);
    }
    LAST.with_borrow_mut(|last| {
        let place = last.get_mut(indicator);
        if again && let Some(Some(last)) = &place {
            return Ok(Rc::clone(last));
        }
        let built: Rc<dyn DynIndicator> = entry(indicator)?.build(&params::args(params)?)?.into();
        if let Some(place) = place {
            *place = Some(Rc::clone(&built));
        }
        Ok(built)
    })
}
