//! Several live indicators over one frame, fed by one call a tick.

use std::ops::Range;

use atra_core::{Candle, Error, ErrorKind, Result};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{keep, take, throw};
use crate::{Frame, entry, output, params};

/// Live indicators that follow a frame. JavaScript calls [`update`](Self::update) with a bar and reads all outputs, packed,
/// at [`values_address`](Self::values_address), which is fixed for the life of the watch.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Watch {
    inner: atra_core::Watch,
    /// How many bars of the frame they have taken, those it has dropped included.
    taken: usize,
    /// How often the frame's last bar had been replaced by then.
    revised: usize,
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
            let mut most = 0;
            for (indicator, params) in pairs {
                let indicator = entry(*indicator)?.build(&params::args(params)?)?;
                inner.add(&*indicator)?;
                most = most.max(indicator.spec().outputs.len());
            }
            // While it warms up, each in turn has its outputs, and the times as numbers.
            output::probe((most + 1) * frame.core().len())?;
            inner.extend(frame.core())?;
            Ok(Self { inner, taken: frame.bars(), revised: frame.revised(), error: None })
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
        let result = self.behind(frame).and_then(|from| {
            let candle = frame.tick(time, values)?;
            self.follow(frame, from, &candle)
        });
        frame.shrink();
        keep(result, &mut self.error)
    }

    /// The error of the call that returned `false`.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&mut self) -> JsValue {
        take(&mut self.error)
    }
}

impl Watch {
    /// The first bar of the frame that it has not taken as it is: the last one it took, where that may have changed since.
    #[inline(always)]
    fn behind(&self, frame: &Frame) -> Result<usize> {
        let from = self.taken.saturating_sub(usize::from(self.revised != frame.revised()));
        if from + 1 < frame.dropped() { Err(missed(frame.dropped() - self.taken)) } else { Ok(from) }
    }

    /// Brings the indicators from this bar to where the frame is, whose last bar this is.
    #[inline(always)]
    fn follow(&mut self, frame: &Frame, from: usize, candle: &Candle) -> Result<()> {
        let last = frame.bars() - 1;
        if from < last {
            self.catch_up(frame, from..last)?;
        }
        self.revised = frame.revised();
        self.take(last, candle)
    }

    /// Takes bars that were pushed past this watch, or changed.
    #[cold]
    #[inline(never)]
    fn catch_up(&mut self, frame: &Frame, bars: Range<usize>) -> Result<()> {
        for bar in bars {
            let Some(candle) = frame.bar(bar) else { continue };
            // One of the history that no bar could be was not changed.
            if bar >= self.taken || candle.validate().is_ok() {
                self.take(bar, &candle)?;
            }
        }
        Ok(())
    }

    #[inline(always)]
    fn take(&mut self, bar: usize, candle: &Candle) -> Result<()> {
        let again = bar < self.taken;
        self.taken = bar + 1;
        if again { self.inner.replace(candle) } else { self.inner.update(candle) }.map(|_| ())
    }
}

#[cold]
fn missed(bars: usize) -> Error {
    let message = format!("{bars} bars that this watch missed are no longer in the frame; watch it anew");
    Error::new(ErrorKind::Data, message)
}
