//! A live indicator: one bar at a time, the forming bar replaced as often as it changes, saved and restored.

use std::fmt;

use crate::indicator::{Indicator, Row, Update};
use crate::snapshot::Snapshot;
use crate::stored::Stored;
use crate::{ClosedStream, Gaps, Result, execute};

/// A live stream of one indicator.
///
/// It remembers the state before the last bar, so [`replace`](Self::replace) gives exactly what it would have
/// given had the last bar come in its new form at first: nothing drifts, however often a bar changes. Where bars come only
/// when they are closed, a [`ClosedStream`] takes less time and half the memory.
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
    now: ClosedStream<I>,
    /// The state before the last bar.
    before: I::State,
}

// Without the states: windows of many values, of use to nobody who reads them.
impl<I: Indicator> fmt::Debug for Stream<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("indicator", &self.now.indicator)
            .field("gaps", &self.now.gaps)
            .field("bars", &self.now.bars)
            .finish_non_exhaustive()
    }
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
        let now = ClosedStream::with_gaps(indicator, gaps);
        Self { before: now.state.clone(), now }
    }

    /// The indicator and its parameters.
    #[must_use]
    pub fn indicator(&self) -> &I {
        self.now.indicator()
    }

    /// How many bars it has taken.
    #[must_use]
    pub fn bars(&self) -> u64 {
        self.now.bars
    }

    /// What a gap does.
    #[must_use]
    pub fn gaps(&self) -> Gaps {
        self.now.gaps
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
        self.before.sync(&mut self.now.state);
        self.now.bars += 1;
        self.now.state.update(input)
    }

    /// Takes a gap as the next bar.
    #[cold]
    #[inline(never)]
    fn gap(&mut self) {
        if self.now.gaps != Gaps::Reject {
            self.before.sync(&mut self.now.state);
            self.now.bars += 1;
            self.now.recover();
        }
    }

    /// As [`update`](Self::update); fails on a gap that is [rejected](Gaps::Reject), and stays as it was.
    #[inline]
    pub fn try_update(&mut self, input: I::In) -> Result<Option<I::Out>> {
        self.now.check(input)?;
        Ok(self.update(input))
    }

    /// Takes the last bar again with new values.
    ///
    /// Fails when there is no bar yet, and on a gap that is [rejected](Gaps::Reject).
    #[inline]
    pub fn replace(&mut self, input: I::In) -> Result<Option<I::Out>> {
        if self.now.bars == 0 {
            return Err(execute::no_bar(I::SPEC));
        }
        if input.is_finite() {
            self.now.state.sync(&mut self.before);
            return Ok(self.now.state.update(input));
        }
        self.now.check(input)?;
        self.now.state.sync(&mut self.before);
        self.now.recover();
        Ok(None)
    }

    /// What [`update`](Self::update) would return, without taking the bar.
    #[must_use]
    pub fn peek(&self, input: I::In) -> Option<I::Out> {
        self.now.peek(input)
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
        let Self { now, .. } = self;
        if now.gaps == Gaps::Reject {
            execute::reject(I::SPEC, columns, 0..rows)?;
        }
        execute::replay(I::SPEC, &now.indicator, &mut now.state, now.gaps, columns, outputs, 0..last)?;
        now.bars += last as u64;
        let row = self.update(row(last)).unwrap_or(I::Out::NAN);
        for (column, value) in outputs.iter_mut().zip(row.values()) {
            column[last] = *value;
        }
        Ok(())
    }

    /// Everything needed to go on later, elsewhere: the indicator, its parameters and its state, in atra's
    /// envelope. Native and wasm read each other's.
    pub fn snapshot(&self) -> Result<Vec<u8>> {
        self.now.snapshot_with(Some(&self.before))
    }

    /// The stream that [`snapshot`](Self::snapshot) saved.
    ///
    /// Fails when the bytes are damaged, of another indicator, or of a [`ClosedStream`], which lacks the state before its
    /// last bar.
    pub fn restore(snapshot: &[u8]) -> Result<Self> {
        let snapshot = Snapshot::decode(snapshot)?;
        let now = ClosedStream::<I>::from_snapshot(&snapshot)?;
        let mut before = now.indicator.state();
        snapshot.load(&mut before, snapshot.before()?)?;
        Ok(Self { now, before })
    }
}
