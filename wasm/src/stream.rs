//! A live indicator.

use std::rc::Rc;

use atra_core::{DynIndicator, DynStream, Error, Spec, registry};
use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{keep, take, throw};
use crate::{Frame, Output, entry, output, params};

/// A live stream. JavaScript writes a bar's inputs at [`input_address`](Self::input_address), calls
/// [`update`](Self::update), and reads the outputs at [`values_address`](Self::values_address): no object, option
/// or array crosses the border on a tick. The addresses are fixed for the life of the stream.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Stream {
    inner: DynStream,
    indicator: Rc<dyn DynIndicator>,
    input: Box<[f64]>,
    values: Box<[f64]>,
    peeked: Box<[f64]>,
    error: Option<Error>,
}

impl Stream {
    fn of(stream: DynStream) -> atra_core::Result<Self> {
        let spec = stream.spec();
        let room = |count: usize| vec![f64::NAN; count].into_boxed_slice();
        let [values, peeked] = [room(spec.outputs.len()), room(spec.outputs.len())];
        Ok(Self {
            indicator: registry::find(spec.id)?.build(&stream.args())?.into(),
            input: room(spec.inputs.len()),
            values,
            peeked,
            error: None,
            inner: stream,
        })
    }

    fn spec(&self) -> &'static Spec {
        self.inner.spec()
    }
}

#[wasm_bindgen]
impl Stream {
    /// A stream of the indicator of a number, before its first bar.
    #[wasm_bindgen(js_name = create)]
    pub fn new(indicator: usize, params: &JsValue) -> Result<Self, JsValue> {
        let build = || Self::of(entry(indicator)?.build(&params::args(params)?)?.stream());
        build().map_err(throw)
    }

    /// The stream that a snapshot saved, here or natively.
    pub fn restore(snapshot: &[u8]) -> Result<Self, JsValue> {
        registry::restore(snapshot).and_then(Self::of).map_err(throw)
    }

    /// The indicator's id.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn id(&self) -> String {
        self.spec().id.to_owned()
    }

    /// All parameters by name.
    #[must_use]
    pub fn params(&self) -> Object {
        params::object(&self.inner.args())
    }

    /// How many leading values are NaN on data without gaps.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn lookback(&self) -> usize {
        self.indicator.lookback()
    }

    /// How many bars it has taken.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn bars(&self) -> f64 {
        self.inner.bars() as f64
    }

    /// Where a bar's inputs are written, in the order of the spec.
    #[wasm_bindgen(js_name = inputAddress)]
    #[must_use]
    pub fn input_address(&mut self) -> *mut f64 {
        self.input.as_mut_ptr()
    }

    /// Where the last bar's outputs are read, in the order of the spec.
    #[wasm_bindgen(js_name = valuesAddress)]
    #[must_use]
    pub fn values_address(&self) -> *const f64 {
        self.values.as_ptr()
    }

    /// Where the outputs of a [`peek`](Self::peek) are read.
    #[wasm_bindgen(js_name = peekedAddress)]
    #[must_use]
    pub fn peeked_address(&self) -> *const f64 {
        self.peeked.as_ptr()
    }

    /// Takes the next bar; on `false` ask [`take_error`](Self::take_error).
    pub fn update(&mut self) -> bool {
        keep(self.inner.update(&self.input, &mut self.values), &mut self.error)
    }

    /// Takes the last bar again; on `false` ask [`take_error`](Self::take_error).
    pub fn replace(&mut self) -> bool {
        keep(self.inner.replace(&self.input, &mut self.values), &mut self.error)
    }

    /// What the next bar would give; on `false` ask [`take_error`](Self::take_error).
    pub fn peek(&mut self) -> bool {
        keep(self.inner.peek(&self.input, &mut self.peeked), &mut self.error)
    }

    /// The error of the call that returned `false`.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&mut self) -> JsValue {
        take(&mut self.error)
    }

    /// Takes every bar of a frame and returns their outputs.
    pub fn extend(&mut self, frame: &Frame) -> Result<Output, JsValue> {
        let frame = frame.core();
        let spec = self.spec();
        let mut columns = output::room(spec, frame.len()).map_err(throw)?;
        let extended = spec.columns(frame).and_then(|inputs| {
            let inputs: Vec<&[f64]> = inputs.iter().map(|column| &**column).collect();
            let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
            self.inner.extend(&inputs, &mut outputs)
        });
        extended.map_err(throw)?;
        for (value, column) in self.values.iter_mut().zip(&columns) {
            *value = column.last().copied().unwrap_or(*value);
        }
        Ok(Output::new(Rc::clone(&self.indicator), columns, frame.len()))
    }

    /// Everything needed to go on later, elsewhere.
    pub fn snapshot(&self) -> Result<Vec<u8>, JsValue> {
        self.inner.snapshot().map_err(throw)
    }
}
