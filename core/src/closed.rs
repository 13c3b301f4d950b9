//! A live indicator of bars that come when they are closed.

use std::fmt;

use crate::indicator::{Indicator, Row, Update};
use crate::snapshot::Snapshot;
use crate::stored::Stored;
use crate::{Gaps, Result, execute};

/// A live stream of one indicator, of bars that do not change any more.
///
/// As [`Stream`](crate::Stream), but without the state before its last bar: a bar cannot be replaced. That takes half the
/// memory, and a bar less time.
///
/// # Examples
///
/// ```
/// use atra_core::{Indicator, indicators::overlap::Sma};
///
/// let mut closes = Sma::new(2)?.closed_stream();
/// assert_eq!(closes.update([1.0]), None); // warming up
/// assert_eq!(closes.update([3.0]), Some([2.0]));
/// assert_eq!(closes.peek([9.0]), Some([6.0])); // what a next bar of 9 would give
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Clone)]
pub struct ClosedStream<I: Indicator> {
    pub(crate) indicator: I,
    pub(crate) gaps: Gaps,
    pub(crate) state: I::State,
    pub(crate) bars: u64,
}

// Without the state: windows of many values, of use to nobody who reads them.
impl<I: Indicator> fmt::Debug for ClosedStream<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClosedStream")
            .field("indicator", &self.indicator)
            .field("gaps", &self.gaps)
            .field("bars", &self.bars)
            .finish_non_exhaustive()
    }
}

impl<I: Indicator> ClosedStream<I> {
    /// A stream before its first bar.
    #[must_use]
    pub fn new(indicator: I) -> Self {
        Self::with_gaps(indicator, Gaps::default())
    }

    /// A stream before its first bar, and what a gap does to it.
    #[must_use]
    pub fn with_gaps(indicator: I, gaps: Gaps) -> Self {
        Self { state: indicator.state(), indicator, gaps, bars: 0 }
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
        self.bars += 1;
        self.state.update(input)
    }

    /// Takes a gap as the next bar.
    #[cold]
    #[inline(never)]
    fn gap(&mut self) {
        if self.gaps != Gaps::Reject {
            self.bars += 1;
            self.recover();
        }
    }

    /// What a gap does to the state.
    pub(crate) fn recover(&mut self) {
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
        let (inputs, outputs) = (I::In::slices(&inputs), I::Out::slices_mut(&mut outputs));
        let rows = execute::same_length(I::SPEC, inputs, outputs)?;
        execute::replay(I::SPEC, &self.indicator, &mut self.state, self.gaps, inputs, outputs, 0..rows)?;
        self.bars += rows as u64;
        Ok(())
    }

    /// Everything needed to go on later, elsewhere: the indicator, its parameters and its state, in atra's
    /// envelope. Only [`restore`](Self::restore) reads it.
    pub fn snapshot(&self) -> Result<Vec<u8>> {
        self.snapshot_with(None)
    }

    /// With the state before the last bar, where a stream has one.
    pub(crate) fn snapshot_with(&self, before: Option<&I::State>) -> Result<Vec<u8>> {
        let args = self.indicator.args().with_gaps(self.gaps);
        Snapshot::of(I::SPEC.id, args, self.bars, saved(&self.state), before.map(saved)).encode()
    }

    /// The stream that [`snapshot`](Self::snapshot) saved, or that of a [`Stream`](crate::Stream).
    ///
    /// Fails when the bytes are damaged, or of another indicator.
    pub fn restore(snapshot: &[u8]) -> Result<Self> {
        Self::from_snapshot(&Snapshot::decode(snapshot)?)
    }

    pub(crate) fn from_snapshot(snapshot: &Snapshot) -> Result<Self> {
        snapshot.check(I::SPEC.id)?;
        let (gaps, args) = snapshot.args.split_gaps(I::SPEC.id)?;
        let mut stream = Self::with_gaps(I::from_args(&args)?, gaps);
        stream.bars = snapshot.bars;
        snapshot.load(&mut stream.state, &snapshot.state)?;
        Ok(stream)
    }
}

fn saved(state: &impl Stored) -> Vec<u8> {
    let mut bytes = Vec::new();
    state.save(&mut bytes);
    bytes
}
