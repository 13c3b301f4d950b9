//! The executions derived from one [`Update`]: a whole series, and many series stepped together.

use std::ops::Range;

use crate::indicator::{Indicator, Row, Update};
use crate::stream::step;
use crate::{Error, Result, Spec, num};

/// How many series [`lockstep`] steps in one loop. Each step of a state waits for the one before it; eight
/// independent chains keep the processor busy meanwhile, and eight small states still fit its registers.
const LANES: usize = 8;

/// One series of a [`lockstep`] run: parameters may differ from job to job (a sweep), or the columns (a scan).
pub struct Job<'a, I: Indicator> {
    /// The indicator.
    pub indicator: I,
    /// Its input columns.
    pub inputs: <I::In as Row>::Columns<'a>,
    /// Where its outputs go.
    pub outputs: <I::Out as Row>::ColumnsMut<'a>,
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
    inputs: <I::In as Row>::Columns<'_>,
    mut outputs: <I::Out as Row>::ColumnsMut<'_>,
) -> Result<()> {
    let rows = rows::<I>(&inputs, &mut outputs)?;
    replay(&mut indicator.state(), &inputs, &mut outputs, 0..rows);
    Ok(())
}

/// Feeds a range of rows through a state. All columns must reach the end of the range.
#[cfg_attr(target_family = "wasm", inline(never))] // as `step`
pub(crate) fn replay<S: Update>(
    state: &mut S,
    inputs: &<S::In as Row>::Columns<'_>,
    outputs: &mut <S::Out as Row>::ColumnsMut<'_>,
    range: Range<usize>,
) {
    let columns = <S::In as Row>::slices(inputs);
    if columns.iter().all(|column| num::all_finite(&column[range.clone()])) {
        for index in range {
            let row = state.update(<S::In as Row>::read(inputs, index));
            row.unwrap_or(<S::Out as Row>::NAN).write(outputs, index);
        }
    } else {
        for index in range {
            let row = step(state, <S::In as Row>::read(inputs, index));
            row.unwrap_or(<S::Out as Row>::NAN).write(outputs, index);
        }
    }
}

/// Many series stepped together: the same numbers as [`Indicator::compute`] on each, several times faster.
///
/// Series may differ in length and parameters.
///
/// ```
/// use atra_core::{execute, indicators::overlap::Sma};
///
/// // A sweep: one series, several parameters.
/// let close = [1.0, 2.0, 3.0, 4.0];
/// let mut outputs = vec![[0.0; 4]; 2];
/// let jobs = [2, 3].into_iter().zip(&mut outputs).map(|(period, out)| {
///     Ok(execute::Job { indicator: Sma::new(period)?, inputs: [&close], outputs: [out] })
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
    groups.iter_mut().for_each(together);
    for job in rest {
        let rows = length::<I>(&job.inputs);
        replay(&mut job.indicator.state(), &job.inputs, &mut job.outputs, 0..rows);
    }
    Ok(())
}

fn length<I: Indicator>(inputs: &<I::In as Row>::Columns<'_>) -> usize {
    <I::In as Row>::slices(inputs).first().map_or(0, |column| column.len())
}

/// Steps the rows all lanes have in one loop, then lets each finish alone.
fn together<I: Indicator>(lanes: &mut [Job<'_, I>; LANES]) {
    let mut states = lanes.each_ref().map(|job| job.indicator.state());
    let lengths = lanes.each_ref().map(|job| length::<I>(&job.inputs));
    let shared = lengths.into_iter().min().unwrap_or(0);
    for index in 0..shared {
        for (state, job) in states.iter_mut().zip(lanes.iter_mut()) {
            let row = step(state, <I::In as Row>::read(&job.inputs, index));
            row.unwrap_or(<I::Out as Row>::NAN).write(&mut job.outputs, index);
        }
    }
    for ((state, job), rows) in states.iter_mut().zip(lanes).zip(lengths) {
        replay(state, &job.inputs, &mut job.outputs, shared..rows);
    }
}
