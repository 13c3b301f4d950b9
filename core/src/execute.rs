//! The executions derived from one [`Update`]: a whole series, and many series stepped together.

use std::ops::Range;

use crate::dynamic::{self, Rule, Step};
use crate::indicator::{Indicator, LANES, Row, Update, WIDEST};
use crate::spec::Input;
use crate::stored::Reader;
pub use crate::sweep::sweep;
use crate::{Error, Gaps, Result, Spec, num};

/// How many rows are looked through for gaps at a time.
const STRETCH: usize = 12_288;

/// Up to which lookback it costs nothing to save a state once a stretch.
const SMALL: usize = 512;

/// Of more rows it pays to compute first and to look for gaps afterwards.
const FEW: usize = 512;

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
pub(crate) fn same_length(spec: &Spec, inputs: &[&[f64]], outputs: &[&mut [f64]]) -> Result<usize> {
    let rows = inputs.first().map_or(0, |column| column.len());
    let alike = inputs.iter().all(|column| column.len() == rows);
    if alike && outputs.iter().all(|column| column.len() == rows) {
        return Ok(rows);
    }
    Err(lengths_differ(spec, inputs, outputs, rows))
}

#[cold]
fn lengths_differ(spec: &Spec, inputs: &[&[f64]], outputs: &[&mut [f64]], rows: usize) -> Error {
    let names = spec.inputs.iter().map(|input| ("input", input.column()));
    let of_inputs = names.zip(inputs.iter().map(|column| column.len()));
    let names = spec.outputs.iter().map(|output| ("output", output.name));
    let of_outputs = names.zip(outputs.iter().map(|column| column.len()));
    let other = of_inputs.chain(of_outputs).find(|(_, len)| *len != rows);
    let ((side, name), len) = other.unwrap_or_default(); // there is one, or we would not be here
    Error::data(format!(
        "{}: {side} `{name}` has {len} values, the first input has {rows}; all must have one length",
        spec.id
    ))
}

/// A whole series; the body of [`Indicator::compute`].
///
/// Most are short and without gaps: where that is so, or may be so and would show, bars are taken by the state of its own
/// type, without a detour over what [`replay`] must know.
pub(crate) fn batch<I: Indicator>(
    indicator: &I,
    gaps: Gaps,
    columns: <I::In as Row>::Columns<'_>,
    mut outputs: <I::Out as Row>::ColumnsMut<'_>,
) -> Result<()> {
    let (inputs, outputs) = (I::In::slices(&columns), I::Out::slices_mut(&mut outputs));
    let rows = same_length(I::SPEC, inputs, outputs)?;
    if (1..=STRETCH).contains(&rows) && gaps != Gaps::Reject {
        let lookback = indicator.lookback();
        let shown = I::State::RUNS && I::State::GAPS_SHOW && worth_a_look(rows, lookback);
        // What takes any numbers is looked through afterwards if there are many: it waits less for memory than a look does.
        let afterwards = shown || I::State::RUNS && rows > FEW;
        if afterwards || finite(inputs, &(0..rows)) {
            if let Some(outputs) = I::Out::columns_mut(outputs) {
                indicator.run(columns, outputs);
            }
            let gapless = || {
                let rows = 0..rows;
                if shown {
                    all_shown(outputs, &rows, lookback) && last_finite(inputs)
                } else {
                    finite(inputs, &rows)
                }
            };
            if !afterwards || gapless() {
                return Ok(());
            }
        }
    }
    replay(I::SPEC, indicator, &mut indicator.state(), gaps, inputs, outputs, 0..rows)
}

/// Feeds a range of rows through a state. All columns must reach the end of the range, and be as many as the spec names.
///
/// Fails, before it has fed any, on a gap that is to be rejected.
pub(crate) fn replay(
    spec: &Spec,
    rule: &dyn Rule,
    state: &mut dyn Step,
    gaps: Gaps,
    inputs: &[&[f64]],
    outputs: &mut [&mut [f64]],
    range: Range<usize>,
) -> Result<()> {
    if gaps == Gaps::Reject {
        reject(spec, inputs, range.clone())?;
    }
    // A stretch at a time: what has been looked through is still at hand when it is computed on. Of a long series, which
    // comes from memory, a stretch is computed on first, while more of it is on its way, and taken back if it has gaps; so
    // is one that need not be looked through.
    let many = if state.gaps_show() { FEW } else { STRETCH };
    let at_once = range.len() > many && state.runs() && rule.lookback() <= SMALL;
    let mut before = Vec::new();
    for start in range.clone().step_by(STRETCH) {
        let stretch = start..range.end.min(start + STRETCH);
        if at_once {
            before.clear();
            state.write(&mut before);
            run(state, inputs, outputs, stretch.clone());
            let shown = state.gaps_show() && all_shown(outputs, &stretch, rule.lookback());
            let unseen = if shown { stretch.end - 1..stretch.end } else { stretch.clone() };
            if finite(inputs, &unseen) {
                continue;
            }
            let read = state.read(false, &mut Reader::new(&before));
            debug_assert_eq!(read, Ok(()), "what was saved can be read");
        }
        let mut from = start;
        if !finite(inputs, &stretch) {
            for row in stretch.clone() {
                if inputs.iter().all(|column| column[row].is_finite()) {
                    continue;
                }
                run(state, inputs, outputs, from..row);
                skip(rule, state, gaps);
                for column in outputs.iter_mut() {
                    column[row] = f64::NAN;
                }
                from = row + 1;
            }
        }
        run(state, inputs, outputs, from..stretch.end);
    }
    Ok(())
}

/// Whether it takes less time to look for gaps in the outputs of so many rows, of which not all need [show](all_shown) one, than
/// in the inputs. Those that were written just now are slow to read, unless they are a few.
fn worth_a_look(rows: usize, lookback: usize) -> bool {
    rows / 4 > lookback && (lookback > 0 || rows > FEW)
}

/// Whether rows so close that any gap before the last would show in one of them have all outputs.
fn all_shown(outputs: &[&mut [f64]], range: &Range<usize>, lookback: usize) -> bool {
    outputs.iter().all(|column| {
        let column = &column[range.clone()];
        if lookback == 0 {
            return num::all_finite(column); // each row, several at a time
        }
        let (mut row, mut shown) = (lookback, column.last().is_none_or(|number| number.is_finite()));
        while let Some(number) = column.get(row) {
            shown &= number.is_finite();
            row += lookback + 1;
        }
        shown
    })
}

fn finite(columns: &[&[f64]], range: &Range<usize>) -> bool {
    columns.iter().all(|column| num::all_finite(&column[range.clone()]))
}

/// [`finite`], of the last row.
fn last_finite(columns: &[&[f64]]) -> bool {
    columns.iter().all(|column| column.last().is_none_or(|number| number.is_finite()))
}

/// Feeds rows without gaps through a state.
pub(crate) fn run(state: &mut dyn Step, inputs: &[&[f64]], outputs: &mut [&mut [f64]], rows: Range<usize>) {
    if rows.is_empty() {
        return;
    }
    let count = outputs.len();
    let (mut from, mut to): ([&[f64]; WIDEST], [&mut [f64]; WIDEST]) = Default::default();
    for (part, column) in from.iter_mut().zip(inputs) {
        *part = &column[rows.clone()];
    }
    for (part, column) in to.iter_mut().zip(outputs) {
        *part = &mut column[rows.clone()];
    }
    let (from, to) = (&from[..inputs.len()], &mut to[..count]);
    if !state.run(from, to) {
        one_by_one(state, from, to, false);
    }
}

/// Takes bars without gaps one by one, until there are no more or, if so wished, until one has outputs; how many it
/// took.
pub(crate) fn one_by_one(
    state: &mut dyn Step,
    inputs: &[&[f64]],
    outputs: &mut [&mut [f64]],
    warm_up: bool,
) -> usize {
    let rows = inputs.first().map_or(0, |column| column.len());
    let (mut bar, mut row) = ([0.0; WIDEST], [0.0; WIDEST]);
    let (bar, row) = (&mut bar[..inputs.len()], &mut row[..outputs.len()]);
    for index in 0..rows {
        for (value, column) in bar.iter_mut().zip(inputs) {
            *value = column[index];
        }
        state.step(bar, row);
        for (value, column) in row.iter().zip(&mut *outputs) {
            column[index] = *value;
        }
        if warm_up && !row.iter().all(|value| value.is_nan()) {
            return index + 1;
        }
    }
    rows
}

/// One bar through a state. Gaps that are rejected have been by now.
#[inline(always)]
pub(crate) fn step<I: Indicator>(
    indicator: &I,
    state: &mut I::State,
    gaps: Gaps,
    input: I::In,
) -> Option<I::Out> {
    if input.is_finite() {
        return state.update(input);
    }
    if gaps == Gaps::Recover {
        *state = indicator.state();
    }
    None
}

/// What a gap does to a state.
pub(crate) fn skip(rule: &dyn Rule, state: &mut dyn Step, gaps: Gaps) {
    if gaps == Gaps::Recover {
        dynamic::copy(state, &*rule.state(false));
    }
}

/// Fails when there is a gap, and names the first.
pub(crate) fn reject(spec: &Spec, columns: &[&[f64]], range: Range<usize>) -> Result<()> {
    if finite(columns, &range) { Ok(()) } else { Err(first_gap(spec, columns, range)) }
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

/// Refuses to replace a bar that is not there.
pub(crate) fn no_bar(spec: &Spec) -> Error {
    Error::data(format!("{}: there is no bar yet to replace", spec.id))
}

fn gap_error(spec: &Spec, input: Input, value: f64, place: std::fmt::Arguments<'_>) -> Error {
    Error::data(format!(
        "{}: `{}` is {value}{place}; every input must be a finite number (gaps=reject)",
        spec.id,
        input.column()
    ))
}

/// Many series computed together: the same numbers as [`Indicator::compute`] on each.
///
/// Where each step of a state waits for the one before it, several series are stepped in one loop, which is several times
/// faster; an indicator that has a kernel for many bars takes one series after another, or several where it has one for that.
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
        same_length(I::SPEC, I::In::slices(&job.inputs), I::Out::slices_mut(&mut job.outputs))?;
    }
    if I::State::ABREAST {
        return abreast(jobs);
    }
    if I::State::RUNS {
        return each(&mut jobs);
    }
    let (groups, rest) = jobs.as_chunks_mut::<LANES>();
    groups.iter_mut().try_for_each(together)?;
    each(rest)
}

/// One series after another: whose state has a way of its own to take many bars fills the processor by itself.
///
/// Of a series that many jobs share, as in a sweep, gaps are looked for once.
fn each<I: Indicator>(jobs: &mut [Job<'_, I>]) -> Result<()> {
    let columns = jobs.iter().map(|job| job.inputs).collect::<Vec<_>>();
    let same = |one: usize, other: usize| {
        let (Some(one), Some(other)) = (columns.get(one), columns.get(other)) else { return false };
        same(I::In::slices(one), I::In::slices(other))
    };
    let mut known = false;
    for (at, job) in jobs.iter_mut().enumerate() {
        let (inputs, outputs) = (I::In::slices(&job.inputs), I::Out::slices_mut(&mut job.outputs));
        let rows = 0..inputs.first().map_or(0, |column| column.len());
        known = (known && same(at - 1, at)) || (same(at, at + 1) && finite(inputs, &rows));
        let Some(outputs) = I::Out::columns_mut(outputs) else { continue }; // they are as many
        if known {
            job.indicator.run(job.inputs, outputs);
        } else {
            batch(&job.indicator, job.gaps, job.inputs, outputs)?;
        }
    }
    Ok(())
}

/// Several series at a time, by the way of their states; where there are gaps, one after another.
fn abreast<I: Indicator>(jobs: Vec<Job<'_, I>>) -> Result<()> {
    let mut jobs = jobs.into_iter();
    let mut known = None;
    while jobs.len() > 0 {
        match <[_; LANES]>::try_from(jobs.by_ref().take(LANES).collect::<Vec<_>>()) {
            Ok(lanes) if gapless(&lanes, &mut known) => {
                let inputs = lanes.each_ref().map(|job| job.inputs);
                let mut states = lanes.each_ref().map(|job| job.indicator.state());
                I::State::abreast(&mut states, inputs, lanes.map(|job| job.outputs));
            }
            Ok(mut lanes) => each(&mut lanes)?,
            Err(mut rest) => each(&mut rest)?,
        }
    }
    Ok(())
}

/// Whether there are no gaps; of a series that many share, as in a sweep, they are looked for once.
fn gapless<'a, I: Indicator>(jobs: &[Job<'a, I>], known: &mut Option<<I::In as Row>::Columns<'a>>) -> bool {
    jobs.iter().all(|job| {
        let inputs = I::In::slices(&job.inputs);
        let seen = known.as_ref().is_some_and(|known| same(I::In::slices(known), inputs));
        let gapless = seen || finite(inputs, &(0..inputs.first().map_or(0, |column| column.len())));
        *known = gapless.then_some(job.inputs);
        gapless
    })
}

/// Whether these are the same columns.
fn same(one: &[&[f64]], other: &[&[f64]]) -> bool {
    one.iter().zip(other).all(|(one, other)| std::ptr::eq(*one, *other))
}

fn length<I: Indicator>(inputs: &<I::In as Row>::Columns<'_>) -> usize {
    <I::In as Row>::slices(inputs).first().map_or(0, |column| column.len())
}

fn finish<I: Indicator>(job: &mut Job<'_, I>, state: &mut I::State, rows: Range<usize>) -> Result<()> {
    let (inputs, outputs) = (I::In::slices(&job.inputs), I::Out::slices_mut(&mut job.outputs));
    replay(I::SPEC, &job.indicator, state, job.gaps, inputs, outputs, rows)
}

/// Steps the rows all lanes have in one loop, then lets each finish alone.
fn together<I: Indicator>(lanes: &mut [Job<'_, I>; LANES]) -> Result<()> {
    let mut states = lanes.each_ref().map(|job| job.indicator.state());
    let lengths = lanes.each_ref().map(|job| length::<I>(&job.inputs));
    let shared = lengths.into_iter().min().unwrap_or(0);
    for (job, rows) in lanes.iter().zip(lengths).filter(|(job, _)| job.gaps == Gaps::Reject) {
        reject(I::SPEC, I::In::slices(&job.inputs), 0..rows)?;
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
