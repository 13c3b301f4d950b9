//! atra's error as JavaScript's.

use atra_core::Error;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// An `Error` with the same one-line message, and the kind as `code`.
#[allow(clippy::needless_pass_by_value)] // called as `map_err(throw)`
pub(crate) fn throw(error: Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    thrown.set_name("AtraError");
    // Fails only on objects that refuse properties; a fresh Error does not.
    let _ = Reflect::set(&thrown, &"code".into(), &error.kind().code().into());
    thrown.into()
}

/// Keeps the error of a call that answers with a `bool`.
pub(crate) fn keep(result: atra_core::Result<()>, kept: &mut Option<Error>) -> bool {
    match result {
        Ok(()) => true,
        Err(error) => {
            *kept = Some(error);
            false
        }
    }
}

/// The kept error, ready to be thrown; `undefined` when there is none.
pub(crate) fn take(kept: &mut Option<Error>) -> JsValue {
    kept.take().map_or(JsValue::UNDEFINED, throw)
}
