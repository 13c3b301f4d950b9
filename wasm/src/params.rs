//! Parameters from and to JavaScript objects.

use atra_core::args::Value;
use atra_core::{Args, Error, ErrorKind, Result};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Reads `{ period: 14, … }`. `undefined`, as a whole or for one parameter, means the default.
///
/// What is not a number goes on as text, so that the parameter's own check names what would be valid.
pub(crate) fn args(params: &JsValue) -> Result<Args> {
    if params.is_undefined() {
        return Ok(Args::new());
    }
    if !params.is_object() || Array::is_array(params) {
        let message = "parameters must be an object of values by name, such as { period: 14 }";
        return Err(Error::new(ErrorKind::Parameter, message));
    }
    let mut args = Args::new();
    for entry in Object::entries(params.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        if !value.is_undefined() {
            args = args.with(name, read(&value));
        }
    }
    Ok(args)
}

/// Parameters as a JavaScript object.
pub(crate) fn object(args: &Args) -> Object {
    let object = Object::new();
    for (name, value) in args.iter() {
        let value = match value {
            Value::Number(number) => JsValue::from(*number),
            Value::Text(text) => JsValue::from(text),
        };
        // Fails only on objects that refuse properties; a fresh one does not.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}

fn read(value: &JsValue) -> Value {
    match value.as_f64() {
        Some(number) => Value::Number(number),
        None => Value::Text(value.as_string().unwrap_or_else(|| describe(value))),
    }
}

fn describe(value: &JsValue) -> String {
    let kind = value.js_typeof().as_string().unwrap_or_default();
    match value.as_bool() {
        _ if value.is_null() => "null".to_owned(),
        Some(value) => value.to_string(),
        None => kind,
    }
}
