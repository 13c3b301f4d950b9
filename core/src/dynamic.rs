//! Indicators whose type is not known when compiling.
//!
//! A browser downloads the code of every indicator, so of each there is only its rule: how it is built from parameters
//! ([`Rule`]), how its state takes bars ([`State`]) and how that is stored. Batch, gaps, streams, replacing, saving and
//! restoring are written here and in [`execute`] once, over those two.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::args::Param;
use crate::indicator::{Described, DynIndicator, DynStream, Indicator, Row, Update};
use crate::stored::Reader;
use crate::stream::Snapshot;
use crate::{Args, Error, Gaps, Result, Spec, Stored, execute};

/// An [`Indicator`] without its type.
pub(crate) trait Rule: Send + Sync {
    /// Its parameters, in the order of the spec.
    fn fields(&mut self) -> Vec<&mut dyn Param>;
    fn lookback(&self) -> usize;
    fn state(&self) -> Box<dyn State>;
    /// As [`DynIndicator::lockstep`], of columns that are as many as the spec names.
    #[cfg(not(target_family = "wasm"))]
    fn lockstep(&self, gaps: Gaps, inputs: &[&[&[f64]]], outputs: &mut [Vec<&mut [f64]>]) -> Result<()>;
}

impl<I: Indicator> Rule for I {
    fn fields(&mut self) -> Vec<&mut dyn Param> {
        Described::fields(self)
    }

    fn lookback(&self) -> usize {
        Indicator::lookback(self)
    }

    fn state(&self) -> Box<dyn State> {
        Box::new(Indicator::state(self))
    }

    #[cfg(not(target_family = "wasm"))]
    fn lockstep(&self, gaps: Gaps, inputs: &[&[&[f64]]], outputs: &mut [Vec<&mut [f64]>]) -> Result<()> {
        let mut jobs = Vec::with_capacity(inputs.len());
        for (inputs, outputs) in inputs.iter().zip(outputs) {
            let (Some(inputs), Some(outputs)) = (I::In::columns(inputs), I::Out::columns_mut(outputs)) else {
                continue; // they are as many
            };
            jobs.push(execute::Job { indicator: *self, gaps, inputs, outputs });
        }
        execute::lockstep(jobs)
    }
}

/// An [`Update`] without its type. It sees finite numbers, and as many as its indicator's spec names.
pub(crate) trait State: Any + Stored + Send + Sync {
    /// Takes the next bar and writes its outputs, NaN while warming up.
    fn step(&mut self, input: &[f64], output: &mut [f64]);
    /// Takes many bars and writes their outputs. False, and nothing has happened, if bars are to be taken one by one: a
    /// browser downloads one loop for that, and not one an indicator.
    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> bool;
    /// As [`Stored::sync`], with another of the same type.
    fn follow(&mut self, other: &mut dyn State);
}

impl<S: Update> State for S {
    fn step(&mut self, input: &[f64], output: &mut [f64]) {
        let row = S::In::from_values(input).and_then(|input| self.update(input)).unwrap_or(S::Out::NAN);
        output.copy_from_slice(row.values());
    }

    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> bool {
        if cfg!(target_family = "wasm") && !S::RUNS {
            return false;
        }
        if let (Some(inputs), Some(outputs)) = (S::In::columns(inputs), S::Out::columns_mut(outputs)) {
            Update::run(self, inputs, outputs);
        }
        true
    }

    fn follow(&mut self, other: &mut dyn State) {
        if let Some(other) = (other as &mut dyn Any).downcast_mut() {
            self.sync(other);
        }
    }
}

/// Any indicator with its parameters: what the registry builds.
#[derive(Clone)]
pub(crate) struct Erased {
    spec: &'static Spec,
    rule: Arc<dyn Rule>,
    /// What the rule was given, all of it.
    args: Args,
    gaps: Gaps,
}

impl Erased {
    /// A rule with these parameters.
    pub(crate) fn new(spec: &'static Spec, mut rule: Box<dyn Rule>, args: &Args) -> Result<Self> {
        let (gaps, args) = args.split_gaps(spec.id)?;
        let args = args.fill(spec, &mut rule.fields())?.with_gaps(gaps);
        Ok(Self { spec, rule: rule.into(), args, gaps })
    }

    /// The stream that a snapshot of this indicator holds.
    pub(crate) fn restore(&self, snapshot: &Snapshot) -> Result<Live> {
        let mut live = Live::new(self);
        snapshot.load([&mut *live.state, &mut *live.before])?;
        live.bars = snapshot.bars();
        Ok(live)
    }

    fn check(&self, inputs: usize, outputs: usize) -> Result<()> {
        let counts = [(inputs, self.spec.inputs.len()), (outputs, self.spec.outputs.len())];
        if counts.iter().all(|(given, wanted)| given == wanted) {
            return Ok(());
        }
        Err(counts_differ(self.spec, inputs, outputs))
    }
}

impl fmt::Debug for Erased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.spec.id, self.args)
    }
}

impl DynIndicator for Erased {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn args(&self) -> Args {
        self.args.clone()
    }

    fn lookback(&self) -> usize {
        self.rule.lookback()
    }

    fn compute(&self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()> {
        self.check(inputs.len(), outputs.len())?;
        let rows = execute::same_length(self.spec, inputs, outputs)?;
        execute::replay(self.spec, &*self.rule, &mut *self.rule.state(), self.gaps, inputs, outputs, 0..rows)
    }

    fn lockstep(&self, inputs: &[&[&[f64]]], outputs: &mut [Vec<&mut [f64]>]) -> Result<()> {
        if inputs.len() != outputs.len() {
            return Err(Error::data(format!(
                "{} series of inputs, {} of outputs; there must be as many",
                inputs.len(),
                outputs.len()
            )));
        }
        for (inputs, outputs) in inputs.iter().zip(&*outputs) {
            self.check(inputs.len(), outputs.len())?;
        }
        #[cfg(not(target_family = "wasm"))]
        return self.rule.lockstep(self.gaps, inputs, outputs);
        // Code is downloaded there: each series is run by the code that runs one.
        #[cfg(target_family = "wasm")]
        return inputs.iter().zip(outputs).try_for_each(|(inputs, outputs)| self.compute(inputs, outputs));
    }

    fn stream(&self) -> Box<dyn DynStream> {
        Box::new(Live::new(self))
    }
}

/// A live stream of any indicator; see [`Stream`](crate::Stream), which knows its type.
pub(crate) struct Live {
    indicator: Erased,
    state: Box<dyn State>,
    /// The state before the last bar.
    before: Box<dyn State>,
    bars: u64,
}

impl Live {
    fn new(indicator: &Erased) -> Self {
        let state = || indicator.rule.state();
        Self { state: state(), before: state(), indicator: indicator.clone(), bars: 0 }
    }

    /// Checks both ends of one bar; whether it has no gap.
    fn check(&self, input: &[f64], output: &[f64]) -> Result<bool> {
        self.indicator.check(input.len(), output.len())?;
        let finite = input.iter().all(|value| value.is_finite());
        if !finite && self.indicator.gaps == Gaps::Reject {
            return Err(execute::refuse(self.indicator.spec, input));
        }
        Ok(finite)
    }

    fn step(&mut self, finite: bool, input: &[f64], output: &mut [f64]) {
        step(&self.indicator, &mut *self.state, finite, input, output);
    }
}

/// One bar through a state.
fn step(indicator: &Erased, state: &mut dyn State, finite: bool, input: &[f64], output: &mut [f64]) {
    if finite {
        return state.step(input, output);
    }
    execute::skip(&*indicator.rule, state, indicator.gaps);
    output.fill(f64::NAN);
}

/// Makes a state what another of the same indicator is. It may be part of no pair of a stream: to those, only what bars
/// have changed is copied.
pub(crate) fn copy_state(to: &mut dyn State, from: &dyn State) {
    let mut bytes = Vec::new();
    from.save(&mut bytes);
    let loaded = to.load(&mut Reader::new(&bytes));
    debug_assert_eq!(loaded, Ok(()), "what is saved can be loaded");
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("indicator", &self.indicator)
            .field("bars", &self.bars)
            .finish_non_exhaustive()
    }
}

impl DynStream for Live {
    fn spec(&self) -> &'static Spec {
        self.indicator.spec
    }

    fn args(&self) -> Args {
        self.indicator.args()
    }

    fn update(&mut self, input: &[f64], output: &mut [f64]) -> Result<()> {
        let finite = self.check(input, output)?;
        self.before.follow(&mut *self.state);
        self.bars += 1;
        self.step(finite, input, output);
        Ok(())
    }

    fn replace(&mut self, input: &[f64], output: &mut [f64]) -> Result<()> {
        if self.bars == 0 {
            return Err(execute::no_bar(self.indicator.spec));
        }
        let finite = self.check(input, output)?;
        self.state.follow(&mut *self.before);
        self.step(finite, input, output);
        Ok(())
    }

    fn peek(&self, input: &[f64], output: &mut [f64]) -> Result<()> {
        let finite = self.check(input, output)?;
        let mut copy = self.indicator.rule.state();
        copy_state(&mut *copy, &*self.state);
        step(&self.indicator, &mut *copy, finite, input, output);
        Ok(())
    }

    fn extend(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()> {
        let Erased { spec, rule, gaps, .. } = &self.indicator;
        self.indicator.check(inputs.len(), outputs.len())?;
        let rows = execute::same_length(spec, inputs, outputs)?;
        let Some(last) = rows.checked_sub(1) else { return Ok(()) };
        if *gaps == Gaps::Reject {
            execute::reject(spec, inputs, 0..rows)?;
        }
        // The state before the last bar is remembered.
        execute::replay(spec, &**rule, &mut *self.state, *gaps, inputs, outputs, 0..last)?;
        self.before.follow(&mut *self.state);
        execute::replay(spec, &**rule, &mut *self.state, *gaps, inputs, outputs, last..rows)?;
        self.bars += rows as u64;
        Ok(())
    }

    fn bars(&self) -> u64 {
        self.bars
    }

    fn snapshot(&self) -> Result<Vec<u8>> {
        Snapshot::new(self.indicator.spec.id, self.args(), self.bars, [&*self.state, &*self.before]).encode()
    }
}

fn counts_differ(spec: &Spec, inputs: usize, outputs: usize) -> Error {
    if inputs == spec.inputs.len() {
        let names: Vec<&str> = spec.outputs.iter().map(|output| output.name).collect();
        return Error::data(format!(
            "{} writes {} outputs ({}), room was given for {outputs}",
            spec.id,
            names.len(),
            names.join(", ")
        ));
    }
    let names: Vec<&str> = spec.inputs.iter().map(|input| input.column()).collect();
    Error::data(format!(
        "{} reads {} columns ({}), {inputs} were given",
        spec.id,
        names.len(),
        names.join(", ")
    ))
}
