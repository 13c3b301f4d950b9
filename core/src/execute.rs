//! The executions derived from one [`Update`]: a whole series, and many series stepped together.

use std::ops::Range;

use crate::indicator::{Indicator, Row, Update, advance};
use crate::spec::Input;
use crate::{Error, Gaps, Result, Spec, num};

/// How many series [`lockstep`] steps in one loop. Each step of a state waits for the one before it; eight
/// independent chains keep the processor busy meanwhile, and eight small states still fit its registers.
const LANES: usize = 8;

/// How many rows are looked through for gaps before they are computed on.
const STRETCH: usize = 16_384;

/// One series of a [`lockstep`] run: parameters may differ from job to job (a sweep), or the columns (a scan).
pub struct Job<'a, I: Indicator> {
    /// The indicator.
    pub indicator: I,
    /// Its input columns.
    pub inputs: <I::In as Row>::Columns<'a>,
    /// Where its outputs go.
    pub outputs: <I::Out as Row>::ColumnsMut<'a>,
    /// What a gap does.
    pub gaps: Gaps,
}

/// Checks that all columns have one length, and returns it.
pub(crate) fn rows<I: Indicator>(
    inputs: &<I::In as Row>::Columns<'_>,
    outputs: &mut <I::Out as Row>::ColumnsMut<'_>,
) -> Result<usize> {
    same_length(I::SPEC, <I::In as Row>::slices(inputs), <I::Out as Row>::slices_mut(outputs))
}

/// Of no indicator in particular, so that there is one copy of it.
fn same_length(spec: &Spec, inputs: &[&[f64]], outputs: &[&mut [f64]]) -> Result<usize> {
    let rows = inputs.first().map_or(0, |column| column.len());
    let names = spec.inputs.iter().map(|input| input.column());
    for (name, column) in names.zip(inputs) {
        if column.len() != rows {
            return Err(differ(spec.id, "input", name, column.len(), rows));
        }
    }
    for (output, column) in spec.outputs.iter().zip(outputs) {
        if column.len() != rows {
            return Err(differ(spec.id, "output", output.name, column.len(), rows));
        }
    }
    Ok(rows)
}

fn differ(id: &str, side: &str, name: &str, len: usize, rows: usize) -> Error {
    Error::data(format!(
        "{id}: {side} `{name}` has {len} values, the first input has {rows}; all must have one length"
    ))
}

/// A whole series; the body of [`Indicator::compute`].
pub(crate) fn batch<I: Indicator>(
    indicator: &I,
    gaps: Gaps,
    inputs: <I::In as Row>::Columns<'_>,
    mut outputs: <I::Out as Row>::ColumnsMut<'_>,
) -> Result<()> {
    let rows = rows::<I>(&inputs, &mut outputs)?;
    replay(indicator, &mut indicator.state(), gaps, &inputs, &mut outputs, 0..rows)
}

/// Feeds a range of rows through a state. All columns must reach the end of the range.
///
/// Fails, before it has fed any, on a gap that is to be rejected.
#[cfg_attr(target_family = "wasm", inline(never))] // as `step`
pub(crate) fn replay<I: Indicator>(
    indicator: &I,
    state: &mut I::State,
    gaps: Gaps,
    inputs: &<I::In as Row>::Columns<'_>,
    outputs: &mut <I::Out as Row>::ColumnsMut<'_>,
    range: Range<usize>,
) -> Result<()> {
    let columns = <I::In as Row>::slices(inputs);
    let finite = |range: &Range<usize>| columns.iter().all(|column| num::all_finite(&column[range.clone()]));
    if gaps == Gaps::Reject && !finite(&range) {
        return Err(first_gap(I::SPEC, columns, range));
    }
    // A stretch at a time: what has been looked through is still at hand when it is computed on.
    for start in range.clone().step_by(STRETCH) {
        let stretch = start..range.end.min(start + STRETCH);
        if finite(&stretch) {
            state.run(
                <I::In as Row>::part(inputs, stretch.clone()),
                <I::Out as Row>::part_mut(outputs, stretch),
            );
            continue;
        }
        for index in stretch {
            let row = step(indicator, state, gaps, <I::In as Row>::read(inputs, index));
            row.unwrap_or(<I::Out as Row>::NAN).write(outputs, index);
        }
    }
    Ok(())
}

/// One bar through a state. Gaps that are rejected have been by now.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
#[cfg_attr(target_family = "wasm", inline(never))] // code is downloaded there: one copy an indicator
pub(crate) fn step<I: Indicator>(
    indicator: &I,
    state: &mut I::State,
    gaps: Gaps,
    input: I::In,
) -> Option<I::Out> {
    if input.is_finite() {
        return advance(state, input);
    }
    if gaps == Gaps::Recover {
        *state = indicator.state();
    }
    None
}

fn first_gap(spec: &Spec, columns: &[&[f64]], range: Range<usize>) -> Error {
    let gap = range.flat_map(|row| {
        columns.iter().zip(spec.inputs).map(move |(column, input)| (row, column[row], input))
    });
    match gap.into_iter().find(|(_, value, _)| !value.is_finite()) {
        Some((row, value, input)) => gap_error(spec, *input, value, format_args!(" in row {row}")),
        None => Error::data(spec.id), // there is one, or we would not be here
    }
}

/// Refuses a bar with a gap.
pub(crate) fn refuse(spec: &Spec, input: &[f64]) -> Error {
    let gap = input.iter().zip(spec.inputs).find(|(value, _)| !value.is_finite());
    gap.map_or_else(
        || Error::data(spec.id),
        |(value, input)| gap_error(spec, *input, *value, format_args!("")),
    )
}

fn gap_error(spec: &Spec, input: Input, value: f64, place: std::fmt::Arguments<'_>) -> Error {
    Error::data(format!(
        "{}: `{}` is {value}{place}; every input must be a finite number (gaps=reject)",
        spec.id,
        input.column()
    ))
}

/// Many series stepped together: the same numbers as [`Indicator::compute`] on each, several times faster.
///
/// Series may differ in length and parameters.
///
/// ```
/// use atra_core::{Gaps, execute, indicators::overlap::Sma};
///
/// // A sweep: one series, several parameters.
/// let close = [1.0, 2.0, 3.0, 4.0];
/// let mut outputs = vec![[0.0; 4]; 2];
/// let jobs = [2, 3].into_iter().zip(&mut outputs).map(|(period, out)| {
///     Ok(execute::Job { indicator: Sma::new(period)?, inputs: [&close], outputs: [out], gaps: Gaps::Skip })
/// });
/// execute::lockstep(jobs.collect::<atra_core::Result<Vec<_>>>()?)?;
/// assert_eq!(outputs[0][3], 3.5);
/// assert_eq!(outputs[1][3], 3.0);
/// # Ok::<(), atra_core::Error>(())
/// ```
pub fn lockstep<I: Indicator>(mut jobs: Vec<Job<'_, I>>) -> Result<()> {
    for job in &mut jobs {
        rows::<I>(&job.inputs, &mut job.outputs)?;
    }
    let (groups, rest) = jobs.as_chunks_mut::<LANES>();
    groups.iter_mut().try_for_each(together)?;
    rest.iter_mut().try_for_each(|job| {
        let rows = length::<I>(&job.inputs);
        let mut state = job.indicator.state();
        finish(job, &mut state, 0..rows)
    })
}

fn length<I: Indicator>(inputs: &<I::In as Row>::Columns<'_>) -> usize {
    <I::In as Row>::slices(inputs).first().map_or(0, |column| column.len())
}

fn finish<I: Indicator>(job: &mut Job<'_, I>, state: &mut I::State, rows: Range<usize>) -> Result<()> {
    replay(&job.indicator, state, job.gaps, &job.inputs, &mut job.outputs, rows)
}

/// Steps the rows all lanes have in one loop, then lets each finish alone.
fn together<I: Indicator>(lanes: &mut [Job<'_, I>; LANES]) -> Result<()> {
    let mut states = lanes.each_ref().map(|job| job.indicator.state());
    let lengths = lanes.each_ref().map(|job| length::<I>(&job.inputs));
    let shared = lengths.into_iter().min().unwrap_or(0);
    for (job, rows) in lanes.iter().zip(lengths).filter(|(job, _)| job.gaps == Gaps::Reject) {
        let columns = <I::In as Row>::slices(&job.inputs);
        if !columns.iter().all(|column| num::all_finite(column)) {
            return Err(first_gap(I::SPEC, columns, 0..rows));
        }
    }
    for index in 0..shared {
        for (state, job) in states.iter_mut().zip(lanes.iter_mut()) {
            let row = step(&job.indicator, state, job.gaps, <I::In as Row>::read(&job.inputs, index));
            row.unwrap_or(<I::Out as Row>::NAN).write(&mut job.outputs, index);
        }
    }
    for ((state, job), rows) in states.iter_mut().zip(lanes).zip(lengths) {
        finish(job, state, shared..rows)?;
    }
    Ok(())
}
