//! The indicator contract.
//!
//! An indicator is an [`Update`] rule plus a [`Spec`]. Everything else (batch, [`Stream`],
//! lockstep, wasm, the command line) is derived from those two.
//!
//! # Shapes
//!
//! Inputs and outputs are columns of one length. Row `i` of every output is computed from rows `0..=i` of the
//! inputs. The first [`lookback`](Indicator::lookback) rows are NaN, and no row after them is, on data without
//! gaps.
//!
//! # Gaps
//!
//! A row in which any input is NaN or infinite is a gap. For every indicator and every way to run it, a gap
//! gives NaN in that row and leaves the state untouched: the next good bar continues from the last good one,
//! as if the gap were not there. One missing price never poisons what follows, and a series with gaps warms up
//! after `lookback` good rows. [`Gaps`] are the other ways: to refuse a gap, or to start anew after it.

use std::fmt::Debug;

use crate::args::{Param, Value};
use crate::closed::ClosedStream;
use crate::kernels::bar;
use crate::live::DynStream;
use crate::spec::Displacement;
use crate::stream::Stream;
use crate::{Args, Frame, Gaps, Result, Spec, Stored, execute};

/// A row of numbers, `[f64; N]`, and the columns it is a row of.
pub trait Row: Copy + Debug + Send + Sync + Stored + 'static {
    /// `N`.
    const LEN: usize;
    /// All NaN.
    const NAN: Self;
    /// `[&[f64]; N]`.
    type Columns<'a>: Copy;
    /// `[&mut [f64]; N]`.
    type ColumnsMut<'a>;

    /// Borrows columns from slices; `None` unless there are exactly `N`.
    fn columns<'a>(slices: &[&'a [f64]]) -> Option<Self::Columns<'a>>;
    /// Borrows columns from slices; `None` unless there are exactly `N`.
    fn columns_mut<'a>(slices: &'a mut [&mut [f64]]) -> Option<Self::ColumnsMut<'a>>;
    /// The columns as slices.
    fn slices<'s, 'a>(columns: &'s Self::Columns<'a>) -> &'s [&'a [f64]];
    /// The columns as slices.
    fn slices_mut<'s, 'a>(columns: &'s mut Self::ColumnsMut<'a>) -> &'s mut [&'a mut [f64]];
    /// A row from values; `None` unless there are exactly `N`.
    fn from_values(values: &[f64]) -> Option<Self>;
    /// The row as a slice.
    fn values(&self) -> &[f64];
    /// Writes the row to a slice, if it has room for exactly `N`.
    fn put(self, values: &mut [f64]);
    /// Whether every number is finite.
    fn is_finite(&self) -> bool;
    /// Row `index` of the columns; the caller guarantees it exists.
    fn read(columns: &Self::Columns<'_>, index: usize) -> Self;
    /// Writes row `index` of the columns; the caller guarantees it exists.
    fn write(self, columns: &mut Self::ColumnsMut<'_>, index: usize);
}

macro_rules! rows {
    ($($n:literal: $($column:ident)+;)*) => {$(
        impl Row for [f64; $n] {
            const LEN: usize = $n;
            const NAN: Self = [f64::NAN; $n];
            type Columns<'a> = [&'a [f64]; $n];
            type ColumnsMut<'a> = [&'a mut [f64]; $n];

            fn columns<'a>(slices: &[&'a [f64]]) -> Option<Self::Columns<'a>> {
                slices.try_into().ok()
            }

            fn columns_mut<'a>(slices: &'a mut [&mut [f64]]) -> Option<Self::ColumnsMut<'a>> {
                let [$($column),+] = slices else { return None };
                Some([$(&mut **$column),+])
            }

            fn slices<'s, 'a>(columns: &'s Self::Columns<'a>) -> &'s [&'a [f64]] {
                columns
            }

            fn slices_mut<'s, 'a>(columns: &'s mut Self::ColumnsMut<'a>) -> &'s mut [&'a mut [f64]] {
                columns
            }

            fn from_values(values: &[f64]) -> Option<Self> {
                values.try_into().ok()
            }

            fn values(&self) -> &[f64] {
                self
            }

            #[inline(always)]
            fn put(self, values: &mut [f64]) {
                if let Ok(values) = <&mut Self>::try_from(values) {
                    *values = self;
                }
            }

            #[inline(always)]
            fn is_finite(&self) -> bool {
                self.iter().all(|value| value.is_finite())
            }

            #[inline(always)]
            fn read(columns: &Self::Columns<'_>, index: usize) -> Self {
                bar(columns, index)
            }

            #[inline(always)]
            fn write(self, columns: &mut Self::ColumnsMut<'_>, index: usize) {
                for (column, value) in columns.iter_mut().zip(self) {
                    column[index] = value;
                }
            }
        }
    )*};
}
rows! {
    1: a;
    2: a b;
    3: a b c;
    4: a b c d;
    5: a b c d e;
    6: a b c d e f;
    7: a b c d e f g;
    8: a b c d e f g h;
    9: a b c d e f g h i;
}

/// The most columns an indicator reads or writes.
pub(crate) const WIDEST: usize = 9;

/// A rule that turns one bar after another into values: an indicator's state.
///
/// Declare it with [`state!`](crate::state), which makes it storable, and two of it alike by copying what a bar changed.
/// `update` sees finite numbers only (see [gaps](self#gaps)), and must not panic whatever the state's fields
/// hold, since a state can be read from bytes.
pub trait Update: Clone + Debug + Send + Sync + Stored + 'static {
    /// One bar's inputs.
    type In: Row;
    /// One bar's outputs.
    type Out: Row;
    /// Takes the next bar; `None` while warming up.
    fn update(&mut self, input: Self::In) -> Option<Self::Out>;

    /// Whether there is a [`run`](Self::run) of its own, which is then what a browser downloads too.
    const RUNS: bool = false;

    /// Whether a gap that [`run`](Self::run), or [`Indicator::run`], is given makes an output of its row, or of the next, and of
    /// the `lookback` rows behind that NaN or infinite, so that a look at one row in so many tells of any.
    const GAPS_SHOW: bool = false;

    /// Takes many bars without gaps and writes their outputs, NaN while warming up.
    ///
    /// To be overridden, along with [`RUNS`](Self::RUNS), where there is a faster way than one bar after another; the
    /// numbers written and the state left must be the same bits.
    #[inline]
    fn run(
        &mut self,
        inputs: <Self::In as Row>::Columns<'_>,
        mut outputs: <Self::Out as Row>::ColumnsMut<'_>,
    ) {
        for index in 0..Self::In::slices(&inputs).first().map_or(0, |column| column.len()) {
            let row = self.update(Self::In::read(&inputs, index));
            row.unwrap_or(Self::Out::NAN).write(&mut outputs, index);
        }
    }

    /// Whether there is an [`abreast`](Self::abreast) of its own.
    const ABREAST: bool = false;

    /// Takes many bars without gaps of several series, which may differ in length: as [`run`](Self::run) on each.
    ///
    /// To be overridden, along with [`ABREAST`](Self::ABREAST), where there is a faster way than one series after another.
    #[inline]
    fn abreast(
        states: &mut [Self; LANES],
        inputs: [<Self::In as Row>::Columns<'_>; LANES],
        outputs: [<Self::Out as Row>::ColumnsMut<'_>; LANES],
    ) {
        for ((state, inputs), outputs) in states.iter_mut().zip(inputs).zip(outputs) {
            state.run(inputs, outputs);
        }
    }
}

/// How many series an [`Update`] takes [abreast](Update::abreast).
///
/// Each step of a state waits for the one before it; eight independent chains keep the processor busy meanwhile, and eight
/// small states still fit its registers.
pub const LANES: usize = 8;

/// What [`indicator!`](crate::indicator!) writes: the spec, and parameters by name.
pub trait Described: Copy + Default {
    /// What the indicator says of itself.
    const SPEC: &'static Spec;

    /// Its parameters, in the order of the spec.
    #[doc(hidden)] // for those below
    fn fields(&mut self) -> Vec<&mut dyn Param>;

    /// The indicator with these parameters, the ones not given at their defaults.
    fn from_args(args: &Args) -> Result<Self> {
        let mut indicator = Self::default();
        args.fill(Self::SPEC, &mut indicator.fields())?;
        Ok(indicator)
    }

    /// Its parameters by name.
    fn args(&self) -> Args {
        let mut copy = *self;
        Args::of(Self::SPEC, &copy.fields())
    }
}

/// An indicator: parameters that make states.
///
/// ```
/// use atra_core::{Indicator, indicators::overlap::Sma};
///
/// let close = [1.0, 2.0, 3.0, 4.0];
/// let mut out = [0.0; 4];
/// Sma::new(3)?.compute([&close], [&mut out])?;
/// assert!(out[..2].iter().all(|value| value.is_nan()));
/// assert_eq!(out[2..], [2.0, 3.0]);
/// # Ok::<(), atra_core::Error>(())
/// ```
pub trait Indicator: Described + Debug + Send + Sync + 'static {
    /// One bar's inputs, as many as the spec names.
    type In: Row;
    /// One bar's outputs, as many as the spec names.
    type Out: Row;
    /// The rule.
    type State: Update<In = Self::In, Out = Self::Out>;

    /// How many leading rows are NaN: the first value stands in row `lookback`.
    fn lookback(&self) -> usize;

    /// The state before the first bar.
    fn state(&self) -> Self::State;

    /// Computes a whole series into the caller's columns, all of one length; allocates nothing but the state.
    ///
    /// Fails when the lengths differ.
    fn compute(
        &self,
        inputs: <Self::In as Row>::Columns<'_>,
        outputs: <Self::Out as Row>::ColumnsMut<'_>,
    ) -> Result<()> {
        self.compute_with(Gaps::default(), inputs, outputs)
    }

    /// As [`compute`](Self::compute), and what a gap does.
    ///
    /// Fails also on a gap that is [rejected](Gaps::Reject), before anything is computed.
    fn compute_with(
        &self,
        gaps: Gaps,
        inputs: <Self::In as Row>::Columns<'_>,
        outputs: <Self::Out as Row>::ColumnsMut<'_>,
    ) -> Result<()> {
        execute::batch::<Self>(self, gaps, inputs, outputs)
    }

    /// Takes a whole series without gaps, of which nothing is kept: as [`Update::run`] of a new state. What calls it, as
    /// [`compute`](Self::compute) does, has seen that all columns have one length.
    ///
    /// To be overridden where that can do without a state.
    #[inline]
    fn run(&self, inputs: <Self::In as Row>::Columns<'_>, outputs: <Self::Out as Row>::ColumnsMut<'_>) {
        self.state().run(inputs, outputs);
    }

    /// A live stream of this indicator.
    fn stream(&self) -> Stream<Self> {
        Stream::new(*self)
    }

    /// A live stream of bars that come when they are closed: quicker, but none can be replaced.
    fn closed_stream(&self) -> ClosedStream<Self> {
        ClosedStream::new(*self)
    }
}

/// An indicator whose type is not known when compiling: what the [`registry`](crate::registry) builds.
pub trait DynIndicator: Debug + Send + Sync {
    /// What the indicator says of itself.
    fn spec(&self) -> &'static Spec;
    /// Its parameters by name.
    fn args(&self) -> Args;
    /// How many leading rows are NaN.
    fn lookback(&self) -> usize;
    /// As [`Indicator::compute`], with as many columns as the spec names.
    fn compute(&self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()>;
    /// As [`compute`](Self::compute), of inputs that are known to have no gaps and are not looked through for them: where
    /// there is one nevertheless, no output behind it means anything.
    fn compute_gapless(&self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<()>;
    /// Many series with these parameters: the numbers of [`compute`](Self::compute) on each, together faster.
    ///
    /// `inputs[k]` and `outputs[k]` are the columns of series `k`; series may differ in length.
    fn lockstep(&self, inputs: &[&[&[f64]]], outputs: &mut [Vec<&mut [f64]>]) -> Result<()>;
    /// A live stream of this indicator.
    fn stream(&self) -> DynStream;
}

impl dyn DynIndicator + '_ {
    /// Computes over a frame's columns, one new column an output.
    ///
    /// Fails when the frame lacks a column the indicator reads.
    pub fn compute_frame(&self, frame: &Frame) -> Result<Vec<Vec<f64>>> {
        let inputs = self.spec().columns(frame)?;
        self.compute_columns(&inputs.iter().map(|column| &**column).collect::<Vec<_>>())
    }

    /// How many bars later (or earlier, if negative) than its bar a chart draws each output.
    #[must_use]
    pub fn displacements(&self) -> Vec<i64> {
        let args = self.args();
        let bars = |displacement: &Displacement| match args.get(displacement.param) {
            #[allow(clippy::cast_possible_truncation)] // a checked whole number
            Some(Value::Number(bars)) => displacement.sign * *bars as i64,
            _ => 0,
        };
        self.spec().outputs.iter().map(|output| output.displacement.as_ref().map_or(0, bars)).collect()
    }

    /// Computes over the given columns, in the order of the spec's inputs, one new column an output.
    pub fn compute_columns(&self, inputs: &[&[f64]]) -> Result<Vec<Vec<f64>>> {
        let rows = inputs.first().map_or(0, |column| column.len());
        // Every row is written, those of warm-up and gaps too.
        let mut outputs = vec![vec![0.0; rows]; self.spec().outputs.len()];
        let mut columns: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.compute(inputs, &mut columns)?;
        Ok(outputs)
    }
}
