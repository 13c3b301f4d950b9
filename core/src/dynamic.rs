//! Indicators whose type is not known when compiling.
//!
//! A browser downloads the code of every indicator, so of each there is only its rule: how it is built from parameters
//! ([`Rule`]), how its state takes bars ([`State`]) and how that is stored. Batch, gaps, streams, replacing, saving and
//! restoring are written here and in [`execute`] once, over those two.

use std::fmt;
use std::sync::Arc;

use crate::args::Param;
use crate::indicator::{Described, DynIndicator, Indicator, Row, Update};
use crate::live::DynStream;
use crate::stored::{Misfit, Reader};
use crate::{Args, Error, Gaps, Result, Spec, execute};

/// An [`Indicator`] without its type.
pub(crate) trait Rule: Send + Sync {
    /// Its parameters, in the order of the spec.
    fn fields(&mut self) -> Vec<&mut dyn Param>;
    fn lookback(&self) -> usize;
    /// The state before the first bar, and if it is to be `live`, room for the state before the last.
    fn state(&self, live: bool) -> Box<dyn State>;
    /// As [`DynIndicator::compute`], of columns that are as many as the spec names.
    #[cfg(not(target_family = "wasm"))]
    fn batch(&self, gaps: Gaps, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()>;
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

    fn state(&self, live: bool) -> Box<dyn State> {
        let before = live.then(|| Indicator::state(self));
        Box::new(Pair { state: Indicator::state(self), before, turned: false })
    }

    #[cfg(not(target_family = "wasm"))]
    fn batch(&self, gaps: Gaps, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()> {
        let (Some(inputs), Some(outputs)) = (I::In::columns(inputs), I::Out::columns_mut(outputs)) else {
            return Ok(()); // they are as many
        };
        execute::batch(self, gaps, inputs, outputs)
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
pub(crate) trait Step {
    /// Takes the next bar and writes its outputs, NaN while warming up.
    fn step(&mut self, input: &[f64], output: &mut [f64]);
    /// Takes many bars and writes their outputs. False, and nothing has happened, if bars are to be taken one by one: a
    /// browser downloads one loop for that, and not one an indicator.
    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> bool;
    /// Whether it has a faster way to take many bars than one by one; such a way takes any numbers.
    fn runs(&self) -> bool;
    /// As [`Update::GAPS_SHOW`].
    fn gaps_show(&self) -> bool;
    /// As [`Stored::save`](crate::Stored::save), of the state.
    fn write(&self, to: &mut Vec<u8>);
    /// As [`Stored::load`](crate::Stored::load); where there is a state `before`, of that if so wished.
    fn read(&mut self, before: bool, from: &mut Reader<'_>) -> std::result::Result<(), Misfit>;
}

impl<S: Update> Step for S {
    #[inline]
    fn step(&mut self, input: &[f64], output: &mut [f64]) {
        let row = S::In::from_values(input).and_then(|input| self.update(input)).unwrap_or(S::Out::NAN);
        row.put(output);
    }

    #[inline]
    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> bool {
        if cfg!(target_family = "wasm") && !S::RUNS {
            return false;
        }
        if let (Some(inputs), Some(outputs)) = (S::In::columns(inputs), S::Out::columns_mut(outputs)) {
            Update::run(self, inputs, outputs);
        }
        true
    }

    fn runs(&self) -> bool {
        S::RUNS
    }

    fn gaps_show(&self) -> bool {
        S::GAPS_SHOW
    }

    fn write(&self, to: &mut Vec<u8>) {
        self.save(to);
    }

    fn read(&mut self, _: bool, from: &mut Reader<'_>) -> std::result::Result<(), Misfit> {
        self.load(from)
    }
}

/// Which bar a state takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The next one, which is not replaced.
    Whole,
    /// The next one: the state is remembered first.
    Next,
    /// The last one again, from what was remembered.
    Again,
}

/// A state without its type, and in a stream the state before the last bar.
pub(crate) trait State: Step + Send + Sync {
    /// Takes a bar and writes its outputs. Of a gap, which has no input, it takes nothing and writes NaN.
    fn tick(&mut self, turn: Turn, input: &[f64], output: &mut [f64]);
    /// As [`Stored::save`](crate::Stored::save); of the state, or of that `before`.
    fn save(&self, before: bool, to: &mut Vec<u8>);
}

/// A state and, in a stream, the one before its last bar.
struct Pair<S> {
    state: S,
    before: Option<S>,
    /// Whether the two have changed places.
    turned: bool,
}

impl<S> Pair<S> {
    /// The state, and that before.
    #[inline(always)]
    fn parts(&mut self) -> (&mut S, Option<&mut S>) {
        let Self { state, before, turned } = self;
        let Some(before) = before else { return (state, None) };
        if *turned { (before, Some(state)) } else { (state, Some(before)) }
    }

    /// The state, or if so wished, and if there is one, that before.
    fn one(&self, before: bool) -> &S {
        match &self.before {
            Some(other) if self.turned != before => other,
            _ => &self.state,
        }
    }
}

impl<S: Update> Step for Pair<S> {
    fn step(&mut self, input: &[f64], output: &mut [f64]) {
        self.tick(Turn::Whole, input, output); // what an indicator computes is downloaded once
    }

    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> bool {
        Step::run(self.parts().0, inputs, outputs)
    }

    fn runs(&self) -> bool {
        S::RUNS
    }

    fn gaps_show(&self) -> bool {
        S::GAPS_SHOW
    }

    fn write(&self, to: &mut Vec<u8>) {
        self.one(false).save(to);
    }

    fn read(&mut self, before: bool, from: &mut Reader<'_>) -> std::result::Result<(), Misfit> {
        match self.parts() {
            (_, Some(state)) if before => state.load(from),
            (state, _) => state.load(from),
        }
    }
}

impl<S: Update> State for Pair<S> {
    fn tick(&mut self, turn: Turn, input: &[f64], output: &mut [f64]) {
        // In a browser the state that was becomes the one before, and the other is made what that is: the same code for both
        // turns. A processor would wait for what that has just written.
        let browser = cfg!(target_family = "wasm");
        self.turned ^= browser && turn == Turn::Next;
        let (state, before) = self.parts();
        match (turn, before) {
            (Turn::Next, Some(before)) if !browser => before.sync(state),
            (Turn::Next | Turn::Again, Some(before)) => state.sync(before),
            _ => {}
        }
        let row = S::In::from_values(input).and_then(|input| state.update(input)).unwrap_or(S::Out::NAN);
        row.put(output);
    }

    fn save(&self, before: bool, to: &mut Vec<u8>) {
        self.one(before).save(to);
    }
}

/// Makes a state what another of the same indicator is.
///
/// The states of a stream cannot do so by [`Stored::sync`](crate::Stored::sync): between those, only what bars have changed is copied.
pub(crate) fn copy(to: &mut dyn Step, from: &dyn State) {
    let mut bytes = Vec::new();
    from.save(false, &mut bytes);
    let _ = to.read(false, &mut Reader::new(&bytes)); // what was saved can be read
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

    pub(crate) fn gaps(&self) -> Gaps {
        self.gaps
    }

    pub(crate) fn rule(&self) -> &dyn Rule {
        &*self.rule
    }

    /// Checks how many inputs and outputs were given.
    pub(crate) fn check(&self, inputs: usize, outputs: usize) -> Result<()> {
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
        #[cfg(not(target_family = "wasm"))]
        return self.rule.batch(self.gaps, inputs, outputs);
        // Code is downloaded there: a whole series is taken by the code that takes a part of one.
        #[cfg(target_family = "wasm")]
        {
            let rows = execute::same_length(self.spec, inputs, outputs)?;
            let mut state = self.rule.state(false);
            execute::replay(self.spec, self.rule(), &mut *state, self.gaps, inputs, outputs, 0..rows)
        }
    }

    fn compute_gapless(&self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()> {
        self.check(inputs.len(), outputs.len())?;
        let rows = execute::same_length(self.spec, inputs, outputs)?;
        execute::run(&mut *self.rule.state(false), inputs, outputs, 0..rows);
        Ok(())
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

    fn stream(&self) -> DynStream {
        DynStream::new(self)
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
