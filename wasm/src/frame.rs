//! Market data resident in wasm memory.

use std::cell::Cell;

use atra_core::codec::{self, Format};
use atra_core::spec::Input;
use atra_core::{Candle, Error, ErrorKind, Result, TimeMs, num};
use js_sys::Float64Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{keep, take, throw};
use crate::{Output, built, output};

/// The largest whole number up to which JavaScript's numbers are exact.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// A frame: times and columns.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Frame {
    inner: atra_core::Frame,
    /// The times once more as the numbers JavaScript counts in, so that they too can be read through a view.
    time: Vec<f64>,
    /// At least so many bars are kept; all of them if `None`.
    keep: Option<usize>,
    /// How many have been dropped.
    dropped: usize,
    /// The last of these, as it was at last.
    before: Option<Candle>,
    /// How often a last bar was replaced.
    revised: usize,
    /// What is known of each column's gaps.
    gaps: Vec<Cell<Gaps>>,
    error: Option<Error>,
}

/// Whether a column has gaps. Bars that are pushed have none.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gaps {
    /// It has not been looked through yet.
    Unknown,
    None,
    /// There are some; or JavaScript has been told where the column is, and may write there.
    Possible,
}

impl Drop for Frame {
    fn drop(&mut self) {
        output::forget_spare();
    }
}

impl Frame {
    pub(crate) fn core(&self) -> &atra_core::Frame {
        &self.inner
    }

    fn of(frame: atra_core::Frame) -> Self {
        let time = frame.time().iter().map(|&time| time as f64).collect();
        Self::new(frame, time)
    }

    fn new(frame: atra_core::Frame, time: Vec<f64>) -> Self {
        let gaps = frame.column_names().map(|_| Cell::new(Gaps::Unknown)).collect();
        Self { inner: frame, time, keep: None, dropped: 0, before: None, revised: 0, gaps, error: None }
    }

    fn gaps(&self, column: &str) -> Option<&Cell<Gaps>> {
        self.inner.column_names().zip(&self.gaps).find_map(|(name, gaps)| (name == column).then_some(gaps))
    }

    /// Whether a column is known to have no gaps; it is looked through when this is first asked.
    fn is_gapless(&self, input: Input, values: &[f64]) -> bool {
        if input == Input::Time {
            return true;
        }
        let Some(gaps) = self.gaps(input.column()) else { return false };
        if gaps.get() == Gaps::Unknown {
            gaps.set(if num::all_finite(values) { Gaps::None } else { Gaps::Possible });
        }
        gaps.get() == Gaps::None
    }

    /// How many bars it has had, the dropped ones included.
    pub(crate) fn bars(&self) -> usize {
        self.dropped + self.inner.len()
    }

    pub(crate) fn dropped(&self) -> usize {
        self.dropped
    }

    /// A bar by its number, the dropped ones included: one that there is still, or the last that was dropped.
    pub(crate) fn bar(&self, bar: usize) -> Option<Candle> {
        bar.checked_sub(self.dropped).map_or(self.before, |row| self.inner.candle(row))
    }

    pub(crate) fn revised(&self) -> usize {
        self.revised
    }

    /// Appends a bar, or replaces the last one if it is of the same time. What is too many then is left to
    /// [`shrink`](Self::shrink).
    pub(crate) fn tick(&mut self, time: f64, values: [f64; 5]) -> Result<Candle> {
        let candle = Candle::from_values(whole(time)?, values);
        if self.inner.time().last() == Some(&candle.time) {
            self.replace(candle)?;
        } else {
            self.append(time, candle)?;
        }
        Ok(candle)
    }

    fn append(&mut self, time: f64, candle: Candle) -> Result<()> {
        if self.time.len() == self.time.capacity() {
            self.grow()?;
        }
        self.inner.push(candle)?;
        self.time.push(time);
        Ok(())
    }

    /// Takes memory for more bars, for the times last: while they have room the columns have.
    #[cold]
    fn grow(&mut self) -> Result<()> {
        let rows = self.time.len().max(4);
        let grown = self.inner.try_reserve(rows).and_then(|()| self.time.try_reserve_exact(rows));
        grown.map_err(|_| output::no_memory(rows))
    }

    #[inline(always)]
    fn replace(&mut self, candle: Candle) -> Result<()> {
        self.inner.replace_last(candle)?;
        self.revised += 1;
        Ok(())
    }

    /// Whether there is memory for so many rows more.
    fn probe(&self, rows: usize) -> Result<()> {
        // The times are held twice, and vectors are somewhat more than what is in them.
        output::probe((self.gaps.len() + 3) * rows.min(self.inner.len()))
    }

    /// Drops bars when they are twice as many as are kept.
    #[inline(always)]
    pub(crate) fn shrink(&mut self) {
        if let Some(rows) = self.keep
            && self.inner.len() >= 2 * rows
        {
            self.trim(rows);
        }
    }

    /// Drops all but the last rows; with a later bar, while there is no memory for those.
    fn trim(&mut self, rows: usize) {
        if self.probe(rows).is_err() {
            return;
        }
        let excess = self.inner.len().saturating_sub(rows);
        self.before = excess.checked_sub(1).map_or(self.before, |row| self.inner.candle(row));
        self.inner = self.inner.tail(rows);
        self.time = self.time.split_off(excess);
        self.dropped += excess;
    }
}

#[wasm_bindgen]
impl Frame {
    /// A frame of these times (ms) and columns, `names[i]` naming `columns[i]`.
    #[wasm_bindgen(js_name = fromColumns)]
    #[allow(clippy::needless_pass_by_value)] // what the bindings can take
    pub fn from_columns(
        time: &Float64Array,
        names: Vec<String>,
        columns: Vec<Float64Array>,
    ) -> Result<Self, JsValue> {
        let build = || {
            let time = copied(time)?;
            output::probe(time.len())?;
            let mut times = Vec::with_capacity(time.len());
            for (row, &time) in time.iter().enumerate() {
                times.push(whole(time).map_err(|error| error.context(format_args!("row {row}")))?);
            }
            let mut frame = atra_core::Frame::new(times)?;
            for (name, column) in names.iter().zip(&columns) {
                frame = frame.with_column(name.as_str(), copied(column)?)?;
            }
            Ok(Self::new(frame, time))
        };
        build().map_err(throw)
    }

    /// A frame of no candles, with room for `capacity` of them. Fails if there is none.
    pub fn empty(capacity: usize) -> Result<Self, JsValue> {
        output::probe(capacity.saturating_mul(6)).map_err(throw)?;
        Ok(Self::of(atra_core::Frame::empty_candles(capacity)))
    }

    /// The frame these bytes hold, as the bot sends it. (JSON is read in JavaScript.)
    pub fn decode(bytes: &[u8]) -> Result<Self, JsValue> {
        // The columns, the times as numbers, and what is packed as it came.
        let room = |rows, columns: usize| {
            let rows = usize::try_from(rows).unwrap_or(usize::MAX);
            output::probe(rows.saturating_mul(columns + 1).saturating_add(bytes.len() / 8))
        };
        codec::decode_frame_if(bytes, &room).map(Self::of).map_err(throw)
    }

    /// The frame as bytes: what [`decode`](Self::decode) reads.
    pub fn encode(&self) -> Result<Vec<u8>, JsValue> {
        // A value takes a byte more, and there are the names.
        let values = (self.gaps.len() + 1) * self.inner.len() / 8 * 9 + 512;
        output::probe(values).and_then(|()| codec::encode(&self.inner, Format::MessagePack)).map_err(throw)
    }

    /// The last `rows` bars as a frame of their own.
    pub fn tail(&self, rows: usize) -> Result<Self, JsValue> {
        self.probe(rows).map_err(throw)?;
        Ok(Self::of(self.inner.tail(rows)))
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
        if let Some(gaps) = self.gaps(column) {
            gaps.set(Gaps::Possible);
        }
        self.inner.column(column).map(<[f64]>::as_ptr).map_err(throw)
    }

    /// Appends a bar; on `false` ask [`take_error`](Self::take_error).
    pub fn push(&mut self, time: f64, open: f64, high: f64, low: f64, close: f64, volume: f64) -> bool {
        let pushed = whole(time)
            .and_then(|ms| self.append(time, Candle::from_values(ms, [open, high, low, close, volume])));
        self.shrink();
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
        let replaced = whole(time)
            .and_then(|ms| self.replace(Candle::from_values(ms, [open, high, low, close, volume])));
        keep(replaced, &mut self.error)
    }

    /// Bars are dropped from the front, now and as bars come: at least `rows` are kept, and fewer than twice as many.
    pub fn keep(&mut self, rows: usize) {
        let rows = rows.max(1);
        self.keep = Some(rows);
        self.trim(rows);
    }

    /// The error of the call that returned `false`.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&mut self) -> JsValue {
        take(&mut self.error)
    }

    /// Computes the indicator of a number over the frame; with the parameters it was computed with before if they are
    /// these `again`.
    pub fn compute(&self, indicator: usize, params: &JsValue, again: bool) -> Result<Output, JsValue> {
        let compute = || {
            let indicator = built(indicator, params, again)?;
            let spec = indicator.spec();
            let mut columns = output::room(spec, self.inner.len())?;
            let inputs = spec.columns(&self.inner)?;
            let inputs: Vec<&[f64]> = inputs.iter().map(|column| &**column).collect();
            let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
            if spec.inputs.iter().zip(&inputs).all(|(input, values)| self.is_gapless(*input, values)) {
                indicator.compute_gapless(&inputs, &mut outputs)?;
            } else {
                indicator.compute(&inputs, &mut outputs)?;
            }
            Ok(Output::new(indicator, columns, self.inner.len()))
        };
        compute().map_err(throw)
    }
}

fn copied(values: &Float64Array) -> Result<Vec<f64>> {
    let rows = values.length() as usize;
    let mut copied = Vec::new();
    output::reserve(&mut copied, rows)?;
    copied.resize(rows, 0.0);
    values.copy_to(&mut copied);
    Ok(copied)
}

#[allow(clippy::cast_possible_truncation)] // checked: whole and exact
#[inline(always)]
fn whole(time: f64) -> Result<TimeMs> {
    let ms = time as TimeMs;
    if ms as f64 == time && time.abs() <= MAX_SAFE {
        return Ok(ms);
    }
    let message = format!("time {time} is not valid; it must be a whole number of milliseconds since 1970");
    Err(Error::new(ErrorKind::Data, message))
}
