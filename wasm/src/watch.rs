//! Several live indicators over one frame, fed by one call a tick.

use atra_core::{Candle, Error, Result};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{keep, take, throw};
use crate::{Frame, entry, params};

/// Live indicators that follow a frame. JavaScript calls [`update`](Self::update) with a bar and reads all outputs, packed,
/// at [`values_address`](Self::values_address), which is fixed for the life of the watch.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Watch {
    inner: atra_core::Watch,
    /// How many bars of the frame they have taken, those it has dropped included.
    taken: usize,
    error: Option<Error>,
}

#[wasm_bindgen]
impl Watch {
    /// The indicators of these numbers with their parameters, warmed up on the frame.
    #[wasm_bindgen(js_name = create)]
    #[allow(clippy::needless_pass_by_value)] // what the bindings can take
    pub fn new(
        frame: &Frame,
        indicators: Vec<usize>,
        params: Vec<JsValue>,
    ) -> std::result::Result<Self, JsValue> {
        let build = || {
            let pairs = indicators.iter().zip(&params);
            let mut inner = atra_core::Watch::new();
            for (indicator, params) in pairs {
                inner.add(&*entry(*indicator)?.build(&params::args(params)?)?)?;
            }
            inner.extend(frame.core())?;
            Ok(Self { inner, taken: frame.bars(), error: None })
        };
        build().map_err(throw)
    }

    /// Where the outputs are read, indicator after indicator.
    #[wasm_bindgen(js_name = valuesAddress)]
    #[must_use]
    pub fn values_address(&self) -> *const f64 {
        self.inner.values().as_ptr()
    }

    /// How many outputs there are.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.inner.values().len()
    }

    /// Takes a bar: appends it to the frame, or replaces the frame's last one if it is of the same time; on `false` ask
    /// [`take_error`](Self::take_error), and nothing has changed.
    #[allow(clippy::too_many_arguments)] // numbers that no object has to carry over the border
    pub fn update(
        &mut self,
        frame: &mut Frame,
        time: f64,
        open: f64,
        high: f64,
        low: f64,
        close: f64,
        volume: f64,
    ) -> bool {
        let values = [open, high, low, close, volume];
        let result = frame.tick(time, values).and_then(|candle| self.follow(frame, &candle));
        keep(result, &mut self.error)
    }

    /// The error of the call that returned `false`.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&mut self) -> JsValue {
        take(&mut self.error)
    }
}

impl Watch {
    /// Brings the indicators to where the frame is, whose last bar this is.
    fn follow(&mut self, frame: &Frame, candle: &Candle) -> Result<()> {
        let bars = frame.bars();
        // Bars that were pushed past this watch.
        while self.taken + 1 < bars {
            let row = (self.taken + 1).saturating_sub(frame.dropped()).checked_sub(1);
            if let Some(candle) = row.and_then(|row| frame.core().candle(row)) {
                self.inner.update(&candle)?;
            }
            self.taken += 1;
        }
        let again = self.taken == bars;
        self.taken = bars;
        if again { self.inner.replace(candle) } else { self.inner.update(candle) }.map(|_| ())
    }
}
