//! Several live indicators, fed by one call a bar.

use crate::indicator::{DynIndicator, WIDEST};
use crate::live::DynStream;
use crate::{Candle, Error, Frame, Result};

/// Live indicators that follow a series of candles, all of them fed by one call a bar.
///
/// ```
/// use atra_core::{Args, Candle, Frame, Watch, registry};
///
/// let bar = |minute: i64, close: f64| Candle::from_values(minute * 60_000, [close, close, close, close, 1.0]);
/// let frame = Frame::from_candles([bar(0, 1.0), bar(1, 3.0)])?;
/// let sma = registry::find("sma")?.build(&Args::new().with("period", 2.0))?;
/// let obv = registry::find("obv")?.build(&Args::new())?;
///
/// let mut watch = Watch::new([sma, obv], &frame)?;
/// assert_eq!(watch.values(), [2.0, 2.0]);
/// watch.update(&bar(2, 5.0))?; // a bar opens …
/// assert_eq!(watch.values(), [4.0, 3.0]);
/// watch.replace(&bar(2, 1.0))?; // … and moves
/// assert_eq!(watch.values(), [2.0, 1.0]);
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Watch {
    watched: Vec<Watched>,
    values: Box<[f64]>,
    bars: usize,
}

#[derive(Debug)]
struct Watched {
    stream: DynStream,
    inputs: Inputs,
    outputs: usize,
}

/// Where in a bar an indicator's inputs stand.
#[derive(Debug)]
enum Inputs {
    /// One after another, as most do: nothing is to be copied.
    Run(std::ops::Range<usize>),
    Places(Vec<usize>),
}

impl Watch {
    /// These indicators, warmed up on the frame.
    ///
    /// Fails when one of them reads a column that candles do not have, or when the frame lacks one.
    pub fn new(
        indicators: impl IntoIterator<Item = Box<dyn DynIndicator>>,
        frame: &Frame,
    ) -> Result<Self> {
        let watched = indicators.into_iter().map(|indicator| Watched::new(&*indicator));
        let mut watched: Vec<Watched> = watched.collect::<Result<_>>()?;
        let mut values = Vec::new();
        for watched in &mut watched {
            watched.warm_up(frame, &mut values)?;
        }
        Ok(Self { watched, values: values.into(), bars: frame.len() })
    }

    /// All outputs of the last bar, indicator after indicator, at one place in memory for the life of the watch.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Takes the next bar.
    ///
    /// Fails, and nothing has changed, when it is not [valid](Candle::validate).
    pub fn update(&mut self, candle: &Candle) -> Result<()> {
        self.take(false, candle)
    }

    /// Takes the last bar again with new values.
    ///
    /// Fails, and nothing has changed, when it is not [valid](Candle::validate), or there is no bar yet.
    pub fn replace(&mut self, candle: &Candle) -> Result<()> {
        if self.bars == 0 {
            return Err(Error::data("there is no bar yet to replace"));
        }
        self.take(true, candle)
    }

    fn take(&mut self, again: bool, candle: &Candle) -> Result<()> {
        candle.validate()?;
        self.bars += usize::from(!again);
        let [open, high, low, close, volume] = candle.values();
        let bar = [candle.time as f64, open, high, low, close, volume];
        let mut rest = &mut *self.values;
        for Watched { stream, inputs, outputs } in &mut self.watched {
            let Some((values, later)) = rest.split_at_mut_checked(*outputs) else { break }; // there are as many
            rest = later;
            match inputs {
                Inputs::Run(run) => stream.tick(again, bar.get(run.clone()).unwrap_or(&[]), values),
                Inputs::Places(places) => {
                    let mut input = [0.0; WIDEST];
                    let input = &mut input[..places.len().min(WIDEST)];
                    for (input, place) in input.iter_mut().zip(places) {
                        *input = bar.get(*place).copied().unwrap_or(f64::NAN);
                    }
                    stream.tick(again, input, values);
                }
            }
        }
        Ok(())
    }
}

impl Watched {
    fn new(indicator: &dyn DynIndicator) -> Result<Self> {
        let spec = indicator.spec();
        let names = ["time"].into_iter().chain(Candle::COLUMNS);
        let place = |name: &str| {
            names.clone().position(|column| column == name).ok_or_else(|| {
                Error::data(format!("{} reads `{name}`, which no bar has; it cannot be watched", spec.id))
            })
        };
        let places = spec.inputs.iter().map(|input| place(input.column())).collect::<Result<Vec<_>>>()?;
        let first = places.first().copied().unwrap_or(0);
        let inputs = if places.iter().copied().eq(first..first + places.len()) {
            Inputs::Run(first..first + places.len())
        } else {
            Inputs::Places(places)
        };
        Ok(Self { stream: indicator.stream(), inputs, outputs: spec.outputs.len() })
    }

    /// Takes the whole frame and appends the values of its last bar.
    fn warm_up(&mut self, frame: &Frame, values: &mut Vec<f64>) -> Result<()> {
        let columns = self.stream.spec().columns(frame)?;
        let inputs: Vec<&[f64]> = columns.iter().map(|column| &**column).collect();
        let mut outputs = vec![vec![f64::NAN; frame.len()]; self.outputs];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.stream.extend(&inputs, &mut slices)?;
        values.extend(outputs.iter().map(|column| column.last().copied().unwrap_or(f64::NAN)));
        Ok(())
    }
}
