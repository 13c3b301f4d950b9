//! A live stream of an indicator whose type is not known when compiling.

use std::fmt;

use crate::dynamic::{self, Erased, State, Turn};
use crate::indicator::DynIndicator;
use crate::snapshot::Snapshot;
use crate::stored::{Misfit, Reader};
use crate::{Args, Gaps, Result, Spec, execute};

/// A live stream of an indicator whose type is not known when compiling; see [`Stream`](crate::Stream), which knows it.
pub struct DynStream {
    indicator: Erased,
    state: Box<dyn State>,
    bars: u64,
}

impl DynStream {
    pub(crate) fn new(indicator: &Erased) -> Self {
        Self { state: indicator.rule().state(true), indicator: indicator.clone(), bars: 0 }
    }

    /// The stream that a snapshot of this indicator holds.
    pub(crate) fn restore(indicator: &Erased, snapshot: &Snapshot) -> Result<Self> {
        let mut stream = Self::new(indicator);
        for (before, bytes) in [(false, &snapshot.state[..]), (true, snapshot.before()?)] {
            let mut from = Reader::new(bytes);
            let loaded = stream.state.read(before, &mut from).and_then(|()| from.end());
            loaded.map_err(|Misfit| snapshot.misfit())?;
        }
        stream.bars = snapshot.bars;
        Ok(stream)
    }

    /// What the indicator says of itself.
    #[must_use]
    pub fn spec(&self) -> &'static Spec {
        self.indicator.spec()
    }

    /// The indicator's parameters by name.
    #[must_use]
    pub fn args(&self) -> Args {
        self.indicator.args()
    }

    /// How many bars it has taken.
    #[must_use]
    pub fn bars(&self) -> u64 {
        self.bars
    }

    /// Takes the next bar and writes its outputs, NaN while warming up.
    pub fn update(&mut self, input: &[f64], output: &mut [f64]) -> Result<()> {
        let finite = self.check(input, output)?;
        self.take(false, finite, input, output);
        Ok(())
    }

    /// Takes the last bar again with new values, as often as it changes while forming.
    pub fn replace(&mut self, input: &[f64], output: &mut [f64]) -> Result<()> {
        if self.bars == 0 {
            return Err(execute::no_bar(self.spec()));
        }
        let finite = self.check(input, output)?;
        self.take(true, finite, input, output);
        Ok(())
    }

    /// The outputs [`update`](Self::update) would write, without taking the bar.
    pub fn peek(&self, input: &[f64], output: &mut [f64]) -> Result<()> {
        let finite = self.check(input, output)?;
        let mut state = self.indicator.rule().state(false);
        dynamic::copy(&mut *state, &*self.state);
        state.step(if finite { input } else { &[] }, output);
        Ok(())
    }

    /// Fails on a gap that is to be rejected.
    pub(crate) fn admits(&self, inputs: &[&[f64]]) -> Result<()> {
        if self.indicator.gaps() != Gaps::Reject {
            return Ok(());
        }
        execute::reject(self.spec(), inputs, 0..inputs.first().map_or(0, |column| column.len()))
    }

    /// Takes many bars at once: history before the first live bar, or a chunk of it.
    pub fn extend(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()> {
        self.indicator.check(inputs.len(), outputs.len())?;
        let rows = execute::same_length(self.spec(), inputs, outputs)?;
        let Some(last) = rows.checked_sub(1) else { return Ok(()) };
        self.admits(inputs)?;
        let Self { indicator, state, bars } = self;
        let (spec, gaps) = (indicator.spec(), indicator.gaps());
        // The state before the last bar is remembered.
        execute::replay(spec, indicator.rule(), &mut **state, gaps, inputs, outputs, 0..last)?;
        state.tick(Turn::Next, &[], &mut []);
        execute::replay(spec, indicator.rule(), &mut **state, gaps, inputs, outputs, last..rows)?;
        *bars += rows as u64;
        Ok(())
    }

    /// Everything needed to go on later, elsewhere: [`registry::restore`](crate::registry::restore) reads it.
    pub fn snapshot(&self) -> Result<Vec<u8>> {
        let [state, before] = [false, true].map(|before| {
            let mut bytes = Vec::new();
            self.state.save(before, &mut bytes);
            bytes
        });
        Snapshot::of(self.spec().id, self.args(), self.bars, state, Some(before)).encode()
    }

    /// Takes a bar, or the last one `again`, of finite numbers, as many as there are inputs; of none if it is a gap.
    #[inline]
    pub(crate) fn tick(&mut self, again: bool, input: &[f64], output: &mut [f64]) {
        self.state.tick(if again { Turn::Again } else { Turn::Next }, input, output);
        // What a watch was given when the bar was forming already takes it as its first.
        self.bars += u64::from(!again | (self.bars == 0));
    }

    /// Checks both ends of one bar; whether it has no gap.
    fn check(&self, input: &[f64], output: &[f64]) -> Result<bool> {
        self.indicator.check(input.len(), output.len())?;
        let finite = input.iter().all(|value| value.is_finite());
        if !finite && self.indicator.gaps() == Gaps::Reject {
            return Err(execute::refuse(self.spec(), input));
        }
        Ok(finite)
    }

    fn take(&mut self, again: bool, finite: bool, input: &[f64], output: &mut [f64]) {
        self.tick(again, if finite { input } else { &[] }, output);
        if !finite {
            execute::skip(self.indicator.rule(), &mut *self.state, self.indicator.gaps());
        }
    }
}

impl fmt::Debug for DynStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynStream")
            .field("indicator", &self.indicator)
            .field("bars", &self.bars)
            .finish_non_exhaustive()
    }
}
