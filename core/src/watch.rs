//! Many live indicators of one market, updated in one call.

use std::fmt;
use std::ops::Range;

use crate::indicator::DynIndicator;
use crate::live::DynStream;
use crate::{Candle, Error, Frame, Result, TimeMs};

/// Many live indicators of one market: one [`update`](Self::update) a bar, one [`replace`](Self::replace) a tick, and all
/// outputs behind one another in one slice. A bar costs no memory.
///
/// ```
/// use atra_core::{Args, Candle, Watch, registry};
///
/// let candle = |time, close| Candle { time, open: close, high: close, low: close, close, volume: 1.0 };
/// let mut watch = Watch::new();
/// let sma = watch.add(&*registry::find("sma")?.build(&Args::new().with("period", 2.0))?)?;
/// let macd = watch.add(&*registry::find("macd")?.build(&Args::new())?)?;
///
/// watch.update(&candle(0, 10.0))?; // a bar opens …
/// watch.replace(&candle(0, 12.0))?; // … and moves
/// watch.update(&candle(60_000, 14.0))?;
/// assert_eq!(watch.outputs(sma), [13.0]);
/// assert_eq!(watch.outputs(macd).len(), 3); // macd, signal, histogram; NaN while warming up
/// assert_eq!(watch.values().len(), 4);
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Default)]
pub struct Watch {
    watched: Vec<Watched>,
    /// The last bar's time, open, high, low, close and volume, and behind them some of these again, in the order in which an
    /// indicator reads them that does not read neighbours.
    bar: Vec<f64>,
    /// Which of the bar's numbers stand there again.
    again: Vec<usize>,
    /// All outputs, in the order of the indicators.
    values: Vec<f64>,
    /// When the last bar opened.
    last: Option<TimeMs>,
}

struct Watched {
    stream: DynStream,
    /// Where in the bar its inputs stand.
    inputs: Range<usize>,
    /// Where among the values its outputs stand.
    outputs: Range<usize>,
}

/// How many numbers a bar has.
const NUMBERS: usize = 1 + Candle::COLUMNS.len();

impl Watch {
    /// Nothing watched yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Watches one indicator more; returns its place. It knows no bar yet: [`extend`](Self::extend) tells it the past if it is
    /// called before the first bar comes; added later, an indicator begins with the next one.
    ///
    /// Fails on an indicator that reads something else than candles.
    pub fn add(&mut self, indicator: &dyn DynIndicator) -> Result<usize> {
        let spec = indicator.spec();
        if !spec.reads_candles() {
            let message =
                format!("{} reads a column that a candle does not have; a watch takes candles", spec.id);
            return Err(Error::parameter(message));
        }
        let names = ["time"].into_iter().chain(Candle::COLUMNS);
        let place = |name: &str| names.clone().position(|column| column == name);
        let places: Vec<usize> = spec.inputs.iter().filter_map(|input| place(input.column())).collect();
        let mut inputs = places.first().map_or(0..0, |first| *first..first + places.len());
        if !places.iter().copied().eq(inputs.clone()) {
            let end = NUMBERS + self.again.len();
            inputs = end..end + places.len();
            self.again.extend(places);
        }
        self.bar.resize(NUMBERS + self.again.len(), f64::NAN);
        let outputs = self.values.len()..self.values.len() + spec.outputs.len();
        self.values.resize(outputs.end, f64::NAN);
        self.watched.push(Watched { stream: indicator.stream(), inputs, outputs });
        Ok(self.watched.len() - 1)
    }

    /// How many indicators are watched.
    #[must_use]
    pub fn len(&self) -> usize {
        self.watched.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.watched.is_empty()
    }

    /// The outputs of all indicators at the last bar, behind one another; NaN while warming up.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The outputs at the last bar of the indicator of this place; empty if there is none.
    #[must_use]
    pub fn outputs(&self, place: usize) -> &[f64] {
        let one = self.watched.get(place);
        one.and_then(|one| self.values.get(one.outputs.clone())).unwrap_or_default()
    }

    /// The live indicator of this place.
    #[must_use]
    pub fn stream(&self, place: usize) -> Option<&DynStream> {
        self.watched.get(place).map(|one| &one.stream)
    }

    /// Takes the next bar; returns all outputs.
    ///
    /// Fails, and takes nothing, on a candle that is not [valid](Candle::validate) or not later than the last one.
    pub fn update(&mut self, candle: &Candle) -> Result<&[f64]> {
        if let Some(last) = self.last
            && candle.time <= last
        {
            let time = candle.time;
            return Err(Error::data(format!(
                "time {time} is not after the last bar's ({last}); to replace it, say so"
            )));
        }
        self.take(false, candle)?;
        self.last = Some(candle.time);
        Ok(&self.values)
    }

    /// Takes the last bar again with new values, as often as it changes while forming; returns all outputs.
    ///
    /// Fails, and changes nothing, when there is no bar yet, on a candle that is not [valid](Candle::validate), and on one
    /// of another time than the last bar's.
    pub fn replace(&mut self, candle: &Candle) -> Result<&[f64]> {
        if self.last != Some(candle.time) {
            return Err(Error::data(match self.last {
                None => "there is no bar yet to replace".to_owned(),
                Some(last) => {
                    format!("the last bar opened at {last}, a bar of {} cannot replace it", candle.time)
                }
            }));
        }
        self.take(true, candle)?;
        Ok(&self.values)
    }

    /// Takes a bar as a feed sends it: [replaces](Self::replace) the last one if it is of the same time, or else is the
    /// [next](Self::update); returns all outputs.
    pub fn tick(&mut self, candle: &Candle) -> Result<&[f64]> {
        if self.last == Some(candle.time) { self.replace(candle) } else { self.update(candle) }
    }

    /// Takes a frame's bars at once: history before the first live bar, or what was missed. The last one may then be
    /// replaced.
    ///
    /// Fails, and takes nothing, when the frame lacks a column, does not begin after the last bar, or has a gap that an
    /// indicator [rejects](crate::Gaps::Reject).
    pub fn extend(&mut self, frame: &Frame) -> Result<()> {
        let (Some(&first), Some(&last)) = (frame.time().first(), frame.time().last()) else { return Ok(()) };
        if let Some(before) = self.last
            && first <= before
        {
            return Err(Error::data(format!(
                "the frame begins at {first}, not after the last bar ({before})"
            )));
        }
        let columns =
            self.watched.iter().map(|one| one.stream.spec().columns(frame)).collect::<Result<Vec<_>>>()?;
        let inputs: Vec<Vec<&[f64]>> =
            columns.iter().map(|columns| columns.iter().map(|column| &**column).collect()).collect();
        for (one, inputs) in self.watched.iter().zip(&inputs) {
            one.stream.admits(inputs)?;
        }
        for (one, inputs) in self.watched.iter_mut().zip(&inputs) {
            let mut outputs = vec![vec![f64::NAN; frame.len()]; one.outputs.len()];
            let mut places: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
            one.stream.extend(inputs, &mut places)?;
            for (value, output) in self.values.iter_mut().skip(one.outputs.start).zip(&outputs) {
                *value = output.last().copied().unwrap_or(f64::NAN);
            }
        }
        self.last = Some(last);
        Ok(())
    }

    /// One bar through all streams, or the last one `again`. It has been checked then, once for all of them.
    fn take(&mut self, again: bool, candle: &Candle) -> Result<()> {
        candle.validate()?;
        let [open, high, low, close, volume] = candle.values();
        if let Some((numbers, again)) = self.bar.split_first_chunk_mut::<NUMBERS>() {
            *numbers = [candle.time as f64, open, high, low, close, volume];
            for (number, place) in again.iter_mut().zip(&self.again) {
                *number = numbers.get(*place).copied().unwrap_or(f64::NAN);
            }
        }
        for Watched { stream, inputs, outputs } in &mut self.watched {
            let places = (self.bar.get(inputs.clone()), self.values.get_mut(outputs.clone()));
            if let (Some(input), Some(output)) = places {
                stream.tick(again, input, output);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let streams = self.watched.iter().map(|one| &one.stream);
        f.debug_list().entries(streams).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Args, Gaps, registry};

    fn candles(bars: i64) -> Vec<Candle> {
        let candle = |bar: i64| {
            let close = 100.0 + (bar * 7919 % 23) as f64;
            let time = bar * 3_600_000;
            Candle {
                time,
                open: close - 1.0,
                high: close + 2.0,
                low: close - 3.0,
                close,
                volume: (bar % 5) as f64,
            }
        };
        (0..bars).map(candle).collect()
    }

    fn all() -> Watch {
        let mut watch = Watch::new();
        for entry in registry::of_candles() {
            watch.add(&*entry.build(&Args::new()).unwrap()).unwrap();
        }
        watch
    }

    #[test]
    fn a_watch_gives_the_bits_of_each_indicator() {
        let candles = candles(160);
        let frame = Frame::candles(candles.iter().copied()).unwrap();
        let (mut watch, mut ticked, mut warmed) = (all(), all(), all());
        assert_eq!(watch.len(), registry::of_candles().count());
        warmed.extend(&frame.head(150)).unwrap();
        for (bar, candle) in candles.iter().enumerate() {
            let forming = Candle { close: candle.low, high: candle.high + 1.0, ..*candle };
            watch.update(&forming).unwrap();
            watch.replace(candle).unwrap();
            ticked.tick(&forming).unwrap();
            ticked.tick(candle).unwrap();
            if bar >= 150 {
                warmed.update(candle).unwrap();
            }
        }
        for (place, entry) in registry::of_candles().enumerate() {
            let columns = entry.build(&Args::new()).unwrap().compute_frame(&frame).unwrap();
            for (output, column) in columns.iter().enumerate() {
                for watch in [&watch, &ticked, &warmed] {
                    let (value, expected) = (watch.outputs(place)[output], column[159]);
                    assert!(
                        value.to_bits() == expected.to_bits() || value.is_nan() && expected.is_nan(),
                        "{}",
                        entry.spec().id
                    );
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_changes_nothing() {
        let candles = candles(3);
        let mut watch = Watch::new();
        let error = watch.add(&*registry::find("mavp").unwrap().build(&Args::new()).unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "mavp reads a column that a candle does not have; a watch takes candles"
        );
        let place = watch.add(&*registry::find("cumsum").unwrap().build(&Args::new()).unwrap()).unwrap();
        assert!(watch.replace(&candles[0]).is_err());
        watch.update(&candles[1]).unwrap();
        let value = watch.outputs(place)[0];
        assert!(watch.update(&candles[0]).is_err());
        assert!(watch.update(&candles[1]).is_err());
        assert!(watch.replace(&candles[2]).is_err());
        assert!(watch.update(&Candle { close: f64::NAN, ..candles[2] }).is_err());
        assert!(watch.extend(&Frame::candles(candles[..2].iter().copied()).unwrap()).is_err());
        assert_eq!(watch.outputs(place), [value]);
        assert_eq!(watch.stream(place).map(DynStream::bars), Some(1));
        assert!(watch.outputs(9).is_empty());
        assert_eq!(watch.update(&candles[2]).unwrap(), [value + candles[2].close]);
    }

    #[test]
    fn a_history_with_a_gap_is_taken_by_all_or_none() {
        let sum = |gaps| {
            let args = Args::new().with_gaps(gaps);
            registry::find("cumsum").unwrap().build(&args).unwrap()
        };
        let mut watch = Watch::new();
        watch.add(&*sum(Gaps::Skip)).unwrap();
        watch.add(&*sum(Gaps::Reject)).unwrap();
        let frame = |second: f64| {
            let columns =
                |close: f64, time| Candle { time, open: close, high: close, low: close, close, volume: 1.0 };
            let frame = Frame::candles([columns(10.0, 0), columns(20.0, 1), columns(30.0, 2)]).unwrap();
            frame.with_column("close", vec![10.0, second, 30.0]).unwrap()
        };
        let error = watch.extend(&frame(f64::NAN)).unwrap_err();
        assert!(error.to_string().contains("in row 1"), "{error}");
        watch.extend(&frame(20.0)).unwrap();
        assert_eq!(watch.values(), [60.0, 60.0]);
    }

    /// An indicator that is added while a bar is forming takes it, as its first, when it next changes.
    #[test]
    fn what_is_added_late_begins_with_the_next_change() {
        let candles = candles(3);
        let mut watch = Watch::new();
        let sum = registry::find("cumsum").unwrap().build(&Args::new()).unwrap();
        watch.add(&*sum).unwrap();
        watch.update(&candles[0]).unwrap();
        let late = watch.add(&*sum).unwrap();
        watch.replace(&candles[0]).unwrap();
        assert_eq!(watch.stream(late).map(DynStream::bars), Some(1));
        watch.update(&candles[1]).unwrap();
        let all = candles[0].close + candles[1].close;
        assert_eq!(watch.values(), [all, all]);
        assert_eq!(watch.stream(late).map(DynStream::bars), Some(2));
    }
}
