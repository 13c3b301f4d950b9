//! A live indicator: one bar at a time, the forming bar replaced as often as it changes, saved and restored.

use std::fmt;

use serde::Serialize;

use crate::codec::plain::{self, required, unexpected};
use crate::codec::{self, Format};
use crate::indicator::{Indicator, Row, Update};
use crate::stored::{Misfit, Reader, Stored};
use crate::{Args, Error, Gaps, Result, execute};

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
    gaps: Gaps,
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
            .field("gaps", &self.gaps)
            .field("bars", &self.bars)
            .finish_non_exhaustive()
    }
}

/// What a snapshot holds, whatever the indicator.
#[derive(Serialize)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    pub(crate) args: Args,
    pub(crate) bars: u64,
    #[serde(with = "serde_bytes")]
    pub(crate) state: Vec<u8>,
    #[serde(with = "serde_bytes")]
    pub(crate) before: Vec<u8>,
}

impl<I: Indicator> Stream<I> {
    /// A stream before its first bar.
    #[must_use]
    pub fn new(indicator: I) -> Self {
        Self::with_gaps(indicator, Gaps::default())
    }

    /// A stream before its first bar, and what a gap does to it.
    #[must_use]
    pub fn with_gaps(indicator: I, gaps: Gaps) -> Self {
        let state = indicator.state();
        Self { before: state.clone(), state, indicator, gaps, bars: 0 }
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

    /// What a gap does.
    #[must_use]
    pub fn gaps(&self) -> Gaps {
        self.gaps
    }

    /// Takes the next bar. `None` while warming up, and for a [gap](mod@crate::indicator#gaps).
    ///
    /// A gap that is [rejected](Gaps::Reject) is not taken; [`try_update`](Self::try_update) says so.
    #[inline]
    pub fn update(&mut self, input: I::In) -> Option<I::Out> {
        if !input.is_finite() {
            self.gap();
            return None;
        }
        self.before.sync(&mut self.state);
        self.bars += 1;
        self.state.update(input)
    }

    /// Takes a gap as the next bar.
    #[cold]
    #[inline(never)]
    fn gap(&mut self) {
        if self.gaps == Gaps::Reject {
            return;
        }
        self.before.sync(&mut self.state);
        self.bars += 1;
        self.recover();
    }

    /// What a gap does to the state.
    fn recover(&mut self) {
        if self.gaps == Gaps::Recover {
            self.state = self.indicator.state();
        }
    }

    /// As [`update`](Self::update); fails on a gap that is [rejected](Gaps::Reject), and stays as it was.
    #[inline]
    pub fn try_update(&mut self, input: I::In) -> Result<Option<I::Out>> {
        self.check(input)?;
        Ok(self.update(input))
    }

    /// Takes the last bar again with new values.
    ///
    /// Fails when there is no bar yet, and on a gap that is [rejected](Gaps::Reject).
    #[inline]
    pub fn replace(&mut self, input: I::In) -> Result<Option<I::Out>> {
        if self.bars == 0 {
            return Err(execute::no_bar(I::SPEC));
        }
        if input.is_finite() {
            self.state.sync(&mut self.before);
            return Ok(self.state.update(input));
        }
        self.check(input)?;
        self.state.sync(&mut self.before);
        self.recover();
        Ok(None)
    }

    /// What [`update`](Self::update) would return, without taking the bar.
    #[must_use]
    pub fn peek(&self, input: I::In) -> Option<I::Out> {
        if self.rejects(input) {
            return None;
        }
        execute::step(&self.indicator, &mut self.state.clone(), self.gaps, input)
    }

    #[inline]
    fn rejects(&self, input: I::In) -> bool {
        self.gaps == Gaps::Reject && !input.is_finite()
    }

    #[inline]
    pub(crate) fn check(&self, input: I::In) -> Result<()> {
        if self.rejects(input) { Err(execute::refuse(I::SPEC, input.values())) } else { Ok(()) }
    }

    /// Takes many bars at once and writes their outputs: the same as [`update`](Self::update) on each, faster.
    ///
    /// Fails when the lengths differ, and on a gap that is [rejected](Gaps::Reject), in both cases before any is taken.
    pub fn extend(
        &mut self,
        inputs: <I::In as Row>::Columns<'_>,
        mut outputs: <I::Out as Row>::ColumnsMut<'_>,
    ) -> Result<()> {
        let row = |index| I::In::read(&inputs, index);
        let (columns, outputs) = (I::In::slices(&inputs), I::Out::slices_mut(&mut outputs));
        let rows = execute::same_length(I::SPEC, columns, outputs)?;
        let Some(last) = rows.checked_sub(1) else { return Ok(()) };
        if self.gaps == Gaps::Reject {
            execute::reject(I::SPEC, columns, 0..rows)?;
        }
        execute::replay(I::SPEC, &self.indicator, &mut self.state, self.gaps, columns, outputs, 0..last)?;
        self.bars += last as u64;
        let row = self.update(row(last)).unwrap_or(I::Out::NAN);
        for (column, value) in outputs.iter_mut().zip(row.values()) {
            column[last] = *value;
        }
        Ok(())
    }

    /// Everything needed to go on later, elsewhere: the indicator, its parameters and its state, in atra's
    /// envelope. Native and wasm read each other's.
    pub fn snapshot(&self) -> Result<Vec<u8>> {
        let args = self.indicator.args().with_gaps(self.gaps);
        let [state, before] = [&self.state, &self.before].map(|state| {
            let mut bytes = Vec::new();
            state.save(&mut bytes);
            bytes
        });
        Snapshot { id: I::SPEC.id.to_owned(), args, bars: self.bars, state, before }.encode()
    }

    /// The stream that [`snapshot`](Self::snapshot) saved.
    ///
    /// Fails when the bytes are damaged, or of another indicator.
    pub fn restore(snapshot: &[u8]) -> Result<Self> {
        Self::from_snapshot(&Snapshot::decode(snapshot)?)
    }

    fn from_snapshot(snapshot: &Snapshot) -> Result<Self> {
        snapshot.check(I::SPEC.id)?;
        let (gaps, args) = snapshot.args.split_gaps(I::SPEC.id)?;
        let mut stream = Self::with_gaps(I::from_args(&args)?, gaps);
        for (state, bytes) in [(&mut stream.state, &snapshot.state), (&mut stream.before, &snapshot.before)] {
            let mut from = Reader::new(bytes);
            state.load(&mut from).and_then(|()| from.end()).map_err(|Misfit| snapshot.misfit())?;
        }
        stream.bars = snapshot.bars;
        Ok(stream)
    }
}

// Of no indicator in particular, so that there is one copy of each.
impl Snapshot {
    pub(crate) fn encode(&self) -> Result<Vec<u8>> {
        codec::encode(self, Format::MessagePack)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let mut from = plain::Reader::new(codec::payload(bytes)?);
        let (mut id, mut args, mut bars, mut state, mut before) = (None, None, None, None, None);
        for _ in 0..from.map()? {
            match from.text()? {
                "id" => id = Some(from.text()?.to_owned()),
                "args" => args = Some(Args::read(&mut from)?),
                "bars" => bars = Some(from.count()?),
                "state" => state = Some(from.bytes()?.to_owned()),
                "before" => before = Some(from.bytes()?.to_owned()),
                other => return Err(unexpected(other)),
            }
        }
        from.end()?;
        Ok(Self {
            id: required(id, "id")?,
            args: required(args, "args")?,
            bars: required(bars, "bars")?,
            state: required(state, "state")?,
            before: required(before, "before")?,
        })
    }

    fn check(&self, id: &str) -> Result<()> {
        if self.id == id {
            return Ok(());
        }
        Err(Error::format(format!("a snapshot of {}, not of {id}", self.id)))
    }

    /// These are not the bytes of such an indicator's state.
    pub(crate) fn misfit(&self) -> Error {
        Error::format(format!("not a state of {}", self.id))
    }
}
