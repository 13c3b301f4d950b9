//! A live indicator: one bar at a time, the forming bar replaced as often as it changes, saved and restored.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codec::{self, Format};
use crate::indicator::{Indicator, Row, Update};
use crate::stored::{Misfit, Reader, Stored};
use crate::{Args, Error, Result, execute};

/// A live stream of one indicator.
///
/// It remembers the state before the last bar, so [`replace`](Self::replace) gives exactly what it would have
/// given had the last bar come in its new form at first: nothing drifts, however often a bar changes.
///
/// # Examples
///
/// Warm up on history, then follow the market:
///
/// ```
/// use atra_core::{Indicator, indicators::overlap::Sma};
///
/// let history = [1.0, 2.0, 3.0];
/// let mut stream = Sma::new(2)?.stream();
/// let mut past = [0.0; 3];
/// stream.extend([&history], [&mut past])?;
///
/// assert_eq!(stream.update([5.0]), Some([4.0])); // a bar opens …
/// assert_eq!(stream.replace([7.0])?, Some([5.0])); // … and moves
/// assert_eq!(stream.peek([9.0]), Some([8.0])); // what a next bar of 9 would give
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Stream<I: Indicator> {
    indicator: I,
    state: I::State,
    /// The state before the last bar.
    before: I::State,
    bars: u64,
}

// Without the states: windows of many values, of use to nobody who reads them.
impl<I: Indicator> fmt::Debug for Stream<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("indicator", &self.indicator)
            .field("bars", &self.bars)
            .finish_non_exhaustive()
    }
}

/// What a snapshot holds, whatever the indicator.
#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    args: Args,
    bars: u64,
    #[serde(with = "serde_bytes")]
    state: Vec<u8>,
    #[serde(with = "serde_bytes")]
    before: Vec<u8>,
}

impl<I: Indicator> Stream<I> {
    /// A stream before its first bar.
    #[must_use]
    pub fn new(indicator: I) -> Self {
        let state = indicator.state();
        Self { before: state.clone(), state, indicator, bars: 0 }
    }

    /// The indicator and its parameters.
    #[must_use]
    pub fn indicator(&self) -> &I {
        &self.indicator
    }

    /// How many bars it has taken.
    #[must_use]
    pub fn bars(&self) -> u64 {
        self.bars
    }

    /// Takes the next bar. `None` while warming up, and for a [gap](mod@crate::indicator#gaps).
    #[inline]
    pub fn update(&mut self, input: I::In) -> Option<I::Out> {
        self.before.clone_from(&self.state);
        self.bars += 1;
        step(&mut self.state, input)
    }

    /// Takes the last bar again with new values.
    ///
    /// Fails when there is no bar yet.
    #[inline]
    pub fn replace(&mut self, input: I::In) -> Result<Option<I::Out>> {
        if self.bars == 0 {
            return Err(Error::data(format!("{}: there is no bar yet to replace", I::SPEC.id)));
        }
        self.state.clone_from(&self.before);
        Ok(step(&mut self.state, input))
    }

    /// What [`update`](Self::update) would return, without taking the bar.
    #[must_use]
    pub fn peek(&self, input: I::In) -> Option<I::Out> {
        step(&mut self.state.clone(), input)
    }

    /// Takes many bars at once and writes their outputs: the same as [`update`](Self::update) on each, faster.
    ///
    /// Fails when the lengths differ.
    pub fn extend(
        &mut self,
        inputs: <I::In as Row>::Columns<'_>,
        mut outputs: <I::Out as Row>::ColumnsMut<'_>,
    ) -> Result<()> {
        let rows = execute::rows::<I>(&inputs, &mut outputs)?;
        let Some(last) = rows.checked_sub(1) else { return Ok(()) };
        execute::replay(&mut self.state, &inputs, &mut outputs, 0..last);
        self.bars += last as u64;
        let input = <I::In as Row>::read(&inputs, last);
        self.update(input).unwrap_or(<I::Out as Row>::NAN).write(&mut outputs, last);
        Ok(())
    }

    /// Everything needed to go on later, elsewhere: the indicator, its parameters and its state, in atra's
    /// envelope. Native and wasm read each other's.
    pub fn snapshot(&self) -> Result<Vec<u8>> {
        Snapshot::new(I::SPEC.id, self.indicator.args(), self.bars, [&self.state, &self.before]).encode()
    }

    /// The stream that [`snapshot`](Self::snapshot) saved.
    ///
    /// Fails when the bytes are damaged, or of another indicator.
    pub fn restore(snapshot: &[u8]) -> Result<Self> {
        Self::from_snapshot(&codec::decode_envelope(snapshot)?)
    }

    pub(crate) fn from_snapshot(snapshot: &Snapshot) -> Result<Self> {
        snapshot.check(I::SPEC.id)?;
        let mut stream = Self::new(I::from_args(&snapshot.args)?);
        snapshot.load([&mut stream.state, &mut stream.before])?;
        stream.bars = snapshot.bars;
        Ok(stream)
    }
}

// Of no indicator in particular, so that there is one copy of each.
impl Snapshot {
    fn new(id: &str, args: Args, bars: u64, states: [&dyn Stored; 2]) -> Self {
        let [state, before] = states.map(|state| {
            let mut bytes = Vec::new();
            state.save(&mut bytes);
            bytes
        });
        Self { id: id.to_owned(), args, bars, state, before }
    }

    fn encode(&self) -> Result<Vec<u8>> {
        codec::encode(self, Format::MessagePack)
    }

    fn check(&self, id: &str) -> Result<()> {
        if self.id == id {
            return Ok(());
        }
        Err(Error::format(format!("a snapshot of {}, not of {id}", self.id)))
    }

    fn load(&self, states: [&mut dyn Stored; 2]) -> Result<()> {
        for (state, bytes) in states.into_iter().zip([&self.state, &self.before]) {
            let mut from = Reader::new(bytes);
            state
                .load(&mut from)
                .and_then(|()| from.end())
                .map_err(|Misfit| Error::format(format!("not a state of {}", self.id)))?;
        }
        Ok(())
    }
}

/// One bar through a state, gaps left out.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
#[cfg_attr(target_family = "wasm", inline(never))] // code is downloaded there: one copy an indicator
pub(crate) fn step<S: Update>(state: &mut S, input: S::In) -> Option<S::Out> {
    if input.is_finite() { state.update(input) } else { None }
}
