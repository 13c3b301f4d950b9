//! Several live indicators over one frame, fed by one call a tick.

use atra_core::spec::Input;
use atra_core::{Candle, DynStream, Error, ErrorKind, Result};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{keep, take, throw};
use crate::{Frame, entry, params};

/// A bar as JavaScript writes it: time, open, high, low, close, volume.
const BAR: usize = 1 + Candle::COLUMNS.len();

/// Live indicators that follow a frame. JavaScript writes a bar at [`bar_address`](Self::bar_address), calls
/// [`update`](Self::update), and reads all outputs, packed, at [`values_address`](Self::values_address). Both addresses
/// are fixed for the life of the watch.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Watch {
    watched: Vec<Watched>,
    bar: Box<[f64; BAR]>,
    values: Box<[f64]>,
    /// How many bars of the frame they have taken, those it has dropped included.
    taken: usize,
    error: Option<Error>,
}

#[derive(Debug)]
struct Watched {
    stream: Box<dyn DynStream>,
    /// Where in a bar its inputs stand.
    places: Vec<usize>,
    input: Vec<f64>,
    outputs: usize,
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
            let watched = pairs.map(|(indicator, params)| Watched::new(*indicator, params));
            let mut watch = Self {
                watched: watched.collect::<Result<_>>()?,
                bar: Box::new([f64::NAN; BAR]),
                values: Box::new([]),
                taken: frame.bars(),
                error: None,
            };
            let mut values = Vec::new();
            for watched in &mut watch.watched {
                watched.warm_up(frame, &mut values)?;
            }
            watch.values = values.into();
            Ok(watch)
        };
        build().map_err(throw)
    }

    /// Where a bar is written.
    #[wasm_bindgen(js_name = barAddress)]
    #[must_use]
    pub fn bar_address(&mut self) -> *mut f64 {
        self.bar.as_mut_ptr()
    }

    /// Where the outputs are read, indicator after indicator.
    #[wasm_bindgen(js_name = valuesAddress)]
    #[must_use]
    pub fn values_address(&self) -> *const f64 {
        self.values.as_ptr()
    }

    /// How many outputs there are.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.values.len()
    }

    /// Takes the bar that was written: appends it to the frame, or replaces the frame's last one if it is of the same
    /// time; on `false` ask [`take_error`](Self::take_error), and nothing has changed.
    pub fn update(&mut self, frame: &mut Frame) -> bool {
        let result = frame.tick(*self.bar);
        if result.is_ok() {
            self.follow(frame);
        }
        keep(result, &mut self.error)
    }

    /// The error of the call that returned `false`.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&mut self) -> JsValue {
        take(&mut self.error)
    }
}

impl Watch {
    /// Brings the indicators to where the frame is; its last bar is the one that was written.
    fn follow(&mut self, frame: &Frame) {
        let bars = frame.bars();
        // Bars that were pushed past this watch.
        while self.taken + 1 < bars {
            let row = (self.taken + 1).saturating_sub(frame.dropped()).checked_sub(1);
            if let Some(candle) = row.and_then(|row| frame.core().candle(row)) {
                let [open, high, low, close, volume] = candle.values();
                self.step([candle.time as f64, open, high, low, close, volume], false);
            }
            self.taken += 1;
        }
        self.step(*self.bar, self.taken == bars);
        self.taken = bars;
    }

    fn step(&mut self, bar: [f64; BAR], again: bool) {
        let mut rest = &mut *self.values;
        for watched in &mut self.watched {
            let (values, later) = rest.split_at_mut(watched.outputs);
            rest = later;
            watched.step(&bar, again, values);
        }
    }
}

impl Watched {
    fn new(indicator: usize, params: &JsValue) -> Result<Self> {
        let stream = entry(indicator)?.build(&params::args(params)?)?.stream();
        let spec = stream.spec();
        let place = |input: &Input| match input.column() {
            "time" => Ok(0),
            name => {
                Candle::COLUMNS.iter().position(|column| *column == name).map(|at| at + 1).ok_or_else(|| {
                    let message =
                        format!("{} reads `{name}`, which no bar has; it cannot be watched", spec.id);
                    Error::new(ErrorKind::Data, message)
                })
            }
        };
        let places: Vec<usize> = spec.inputs.iter().map(place).collect::<Result<_>>()?;
        Ok(Self { input: vec![f64::NAN; places.len()], outputs: spec.outputs.len(), places, stream })
    }

    /// Takes the whole frame and appends the values of its last bar.
    fn warm_up(&mut self, frame: &Frame, values: &mut Vec<f64>) -> Result<()> {
        let frame = frame.core();
        let columns = self.stream.spec().columns(frame)?;
        let inputs: Vec<&[f64]> = columns.iter().map(|column| &**column).collect();
        let mut outputs = vec![vec![f64::NAN; frame.len()]; self.outputs];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.stream.extend(&inputs, &mut slices)?;
        values.extend(outputs.iter().map(|column| column.last().copied().unwrap_or(f64::NAN)));
        Ok(())
    }

    fn step(&mut self, bar: &[f64; BAR], again: bool, values: &mut [f64]) {
        for (input, place) in self.input.iter_mut().zip(&self.places) {
            *input = bar[*place];
        }
        // A frame takes no gaps by the bar, so there is nothing to refuse.
        let _ = if again {
            self.stream.replace(&self.input, values)
        } else {
            self.stream.update(&self.input, values)
        };
    }
}
