//! Market data resident in wasm memory.

use atra_core::codec::{self, Format};
use atra_core::{Candle, Error, ErrorKind, Result, TimeMs, registry};
use js_sys::Float64Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{keep, take, throw};
use crate::{Output, params};

/// The largest whole number up to which JavaScript's numbers are exact.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// A frame: times and columns.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Frame {
    inner: atra_core::Frame,
    /// The times once more as the numbers JavaScript counts in, so that they too can be read through a view.
    time: Vec<f64>,
    error: Option<Error>,
}

impl Frame {
    pub(crate) fn core(&self) -> &atra_core::Frame {
        &self.inner
    }

    fn of(frame: atra_core::Frame) -> Self {
        let time = frame.time().iter().map(|&time| time as f64).collect();
        Self { inner: frame, time, error: None }
    }
}

#[wasm_bindgen]
impl Frame {
    /// A frame of these times (ms) and columns, `names[i]` naming `columns[i]`.
    #[wasm_bindgen(js_name = fromColumns)]
    #[allow(clippy::needless_pass_by_value)] // what the bindings can take
    pub fn from_columns(
        time: &[f64],
        names: Vec<String>,
        columns: Vec<Float64Array>,
    ) -> Result<Self, JsValue> {
        let build = || {
            let times = time
                .iter()
                .enumerate()
                .map(|(row, &time)| whole(time).map_err(|error| error.context(format_args!("row {row}"))));
            let mut frame = atra_core::Frame::new(times.collect::<Result<_>>()?)?;
            for (name, column) in names.iter().zip(&columns) {
                frame = frame.with_column(name.as_str(), column.to_vec())?;
            }
            Ok(Self::of(frame))
        };
        build().map_err(throw)
    }

    /// A frame of no candles, with room for `capacity` of them.
    #[must_use]
    pub fn empty(capacity: usize) -> Self {
        Self::of(atra_core::Frame::empty_candles(capacity))
    }

    /// The frame these bytes hold, as the bot sends it.
    pub fn decode(bytes: &[u8]) -> Result<Self, JsValue> {
        codec::decode(bytes).map(Self::of).map_err(throw)
    }

    /// The frame as bytes: what [`decode`](Self::decode) reads.
    pub fn encode(&self) -> Result<Vec<u8>, JsValue> {
        codec::encode(&self.inner, Format::MessagePack).map_err(throw)
    }

    /// The last `rows` bars as a frame of their own.
    #[must_use]
    pub fn tail(&self, rows: usize) -> Self {
        Self::of(self.inner.tail(rows))
    }

    /// How many bars.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.inner.len()
    }

    /// The names of the columns beside the times.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.inner.column_names().map(str::to_owned).collect()
    }

    /// Where the times begin, until the next bar is pushed.
    #[wasm_bindgen(js_name = timeAddress)]
    #[must_use]
    pub fn time_address(&self) -> *const f64 {
        self.time.as_ptr()
    }

    /// Where a column begins, until the next bar is pushed.
    pub fn address(&self, column: &str) -> Result<*const f64, JsValue> {
        self.inner.column(column).map(<[f64]>::as_ptr).map_err(throw)
    }

    /// Appends a bar; on `false` ask [`take_error`](Self::take_error).
    pub fn push(&mut self, time: f64, open: f64, high: f64, low: f64, close: f64, volume: f64) -> bool {
        let pushed = whole(time)
            .and_then(|ms| self.inner.push(Candle::from_values(ms, [open, high, low, close, volume])))
            .map(|()| self.time.push(time));
        keep(pushed, &mut self.error)
    }

    /// Replaces the bar still forming; on `false` ask [`take_error`](Self::take_error).
    #[wasm_bindgen(js_name = replaceLast)]
    pub fn replace_last(
        &mut self,
        time: f64,
        open: f64,
        high: f64,
        low: f64,
        close: f64,
        volume: f64,
    ) -> bool {
        let replaced = whole(time).and_then(|ms| {
            self.inner.replace_last(Candle::from_values(ms, [open, high, low, close, volume]))
        });
        keep(replaced, &mut self.error)
    }

    /// The error of the call that returned `false`.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&mut self) -> JsValue {
        take(&mut self.error)
    }

    /// Computes an indicator over the frame.
    pub fn compute(&self, id: &str, params: &JsValue) -> Result<Output, JsValue> {
        let compute = || {
            let indicator = registry::find(id)?.build(&params::args(params)?)?;
            let columns = indicator.compute_frame(&self.inner)?;
            Ok(Output::new(&*indicator, columns, self.inner.len()))
        };
        compute().map_err(throw)
    }
}

#[allow(clippy::cast_possible_truncation)] // checked: whole and exact
fn whole(time: f64) -> Result<TimeMs> {
    if time.fract() == 0.0 && time.abs() <= MAX_SAFE {
        return Ok(time as TimeMs);
    }
    let message = format!("time {time} is not valid; it must be a whole number of milliseconds since 1970");
    Err(Error::new(ErrorKind::Data, message))
}
