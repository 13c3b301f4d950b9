//! Recurrences `a = a · keep + x` over many bars: several steps side by side, a lane each.

use super::arch::{Isa, Kernel, Number, Single, widest};

/// How many values a step is long.
///
/// The recurrence makes every value wait for the one before it. Within a step, each value is instead what the step began
/// with, faded, plus what the step's own values add: two short chains, of which only the first goes from step to step.
pub(crate) const STEP: usize = 8;

/// How much is left of a step's beginning after each of its values: `keep`, `keep²` …
fn fading(keep: f64) -> [f64; STEP] {
    let mut left = 1.0;
    [(); STEP].map(|()| {
        left *= keep;
        left
    })
}

/// What is averaged, `K` values of a bar of `C` numbers, and what is made of the averages, `M` numbers.
pub(crate) trait Averaged<const C: usize, const K: usize, const M: usize>: Copy {
    fn values<T: Number>(self, before: [T; C], bar: [T; C]) -> [T; K];
    fn view<T: Number>(self, averages: [T; K]) -> [T; M];
}

/// The numbers themselves.
#[derive(Clone, Copy)]
pub(crate) struct Itself;

impl Averaged<1, 1, 1> for Itself {
    #[inline(always)]
    fn values<T: Number>(self, _: [T; 1], bar: [T; 1]) -> [T; 1] {
        bar
    }

    #[inline(always)]
    fn view<T: Number>(self, averages: [T; 1]) -> [T; 1] {
        averages
    }
}

/// Where a recurrence stands between two steps.
#[derive(Clone, Copy)]
pub(crate) struct Recurrence {
    pub(crate) keep: f64,
    pub(crate) rate: f64,
    /// The value before the step.
    pub(crate) base: f64,
    /// What the step begins with.
    pub(crate) carried: f64,
    /// The average after the last value.
    pub(crate) average: f64,
}

/// Takes all whole steps, and moves the recurrences on; how many bars that were.
///
/// If centered, values are seen as distances from the value before the step, so that a flat series stays exactly where
/// it is, and what is carried is the distance from there. Otherwise they are summed as they are.
pub(crate) fn steps<const CENTERED: bool, A, const C: usize, const K: usize, const M: usize>(
    averaged: A,
    recurrences: &mut [Recurrence; K],
    before: [f64; C],
    inputs: [&[f64]; C],
    mut outs: [&mut [f64]; M],
) -> usize
where
    A: Averaged<C, K, M>,
{
    let rows = outs.iter().map(|out| out.len()).fold(usize::MAX, usize::min);
    let whole = inputs.iter().map(|input| input.len()).fold(rows, usize::min) / STEP * STEP;
    let outs_wide = outs.each_mut().map(|out| &mut out[..whole]);
    let inputs_wide = inputs.map(|input| &input[..whole]);
    let wide =
        Steps::<CENTERED, _, C, K, M> { averaged, recurrences, before, inputs: inputs_wide, outs: outs_wide };
    let taken = widest(wide);
    if taken < whole {
        let before = match taken.checked_sub(1) {
            Some(last) => inputs.map(|input| input[last]),
            None => before,
        };
        let inputs = inputs.map(|input| &input[taken..whole]);
        let outs = outs.each_mut().map(|out| &mut out[taken..whole]);
        Steps::<CENTERED, _, C, K, M> { averaged, recurrences, before, inputs, outs }.run(Single);
    }
    whole
}

struct Steps<'a, const CENTERED: bool, A, const C: usize, const K: usize, const M: usize> {
    averaged: A,
    recurrences: &'a mut [Recurrence; K],
    before: [f64; C],
    inputs: [&'a [f64]; C],
    outs: [&'a mut [f64]; M],
}

impl<const CENTERED: bool, A, const C: usize, const K: usize, const M: usize> Kernel
    for Steps<'_, CENTERED, A, C, K, M>
where
    A: Averaged<C, K, M>,
{
    /// How many bars were taken.
    type Out = usize;

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> usize {
        let Self { averaged, recurrences, before, inputs, outs } = self;
        let rows = outs.iter().map(|out| out.len()).fold(usize::MAX, usize::min);
        let taken = rows / (N * STEP) * (N * STEP);
        let zero = isa.splat(0.0);
        let (mut keep, mut rate, mut last) = ([zero; K], [zero; K], [zero; K]);
        let (mut fades, mut faded) = ([[0.0; STEP]; K], [[zero; STEP]; K]);
        let mut carried = [0.0; K];
        for average in 0..K {
            let recurrence = &recurrences[average];
            (keep[average], rate[average]) = (isa.splat(recurrence.keep), isa.splat(recurrence.rate));
            fades[average] = fading(recurrence.keep);
            for at in 0..STEP {
                faded[average][at] = isa.splat(fades[average][at]);
            }
            carried[average] = recurrence.carried;
        }
        for start in (0..taken).step_by(N * STEP) {
            let mut bar_before = earlier(isa, 1, start, before, inputs);
            let mut base = [zero; K];
            if CENTERED {
                base = averaged.values(earlier(isa, 2, start, before, inputs), bar_before);
                for average in 0..if start == 0 { K } else { 0 } {
                    let mut lanes = isa.unpack(base[average]);
                    lanes[0] = recurrences[average].base;
                    base[average] = isa.pack(lanes);
                }
            }
            let mut sums = [[zero; STEP]; K];
            let (mut sum, mut newest) = ([zero; K], [zero; K]);
            for tile in (0..STEP).step_by(N) {
                let mut columns = [[zero; N]; C];
                for input in 0..C {
                    columns[input] = isa.columns(&inputs[input][start + tile..], STEP);
                }
                for column in 0..N {
                    let mut bar = [zero; C];
                    for input in 0..C {
                        bar[input] = columns[input][column];
                    }
                    newest = averaged.values(bar_before, bar);
                    bar_before = bar;
                    for average in 0..K {
                        let value = newest[average];
                        let seen = if CENTERED { (value - base[average]) * rate[average] } else { value };
                        sum[average] = sum[average] * keep[average] + seen;
                        sums[average][tile + column] = sum[average];
                    }
                }
            }
            let mut begun = [zero; K];
            for average in 0..K {
                let added =
                    if CENTERED { sum[average] + (base[average] - newest[average]) } else { sum[average] };
                let mut lanes = isa.unpack(added);
                for lane in &mut lanes {
                    let added = *lane;
                    *lane = carried[average];
                    carried[average] = *lane * fades[average][STEP - 1] + added;
                }
                begun[average] = isa.pack(lanes);
            }
            for tile in (0..STEP).step_by(N) {
                let mut columns = [[zero; N]; M];
                for column in 0..N {
                    for average in 0..K {
                        let at = tile + column;
                        let faded = begun[average] * faded[average][at] + sums[average][at];
                        last[average] = if CENTERED { base[average] + faded } else { faded };
                    }
                    let numbers = averaged.view(last);
                    for output in 0..M {
                        columns[output][column] = numbers[output];
                    }
                }
                for output in 0..M {
                    isa.put_columns(columns[output], &mut outs[output][start + tile..], STEP);
                }
            }
        }
        if let Some(end) = taken.checked_sub(1) {
            // A step has at least two bars.
            let newest = averaged.values(inputs.map(|input| input[end - 1]), inputs.map(|input| input[end]));
            for (average, recurrence) in recurrences.iter_mut().enumerate() {
                recurrence.base = newest[average];
                recurrence.carried = carried[average];
                recurrence.average = isa.unpack(last[average])[N - 1];
            }
        }
        taken
    }
}

/// The bars so many before the steps that begin at `start`.
#[inline(always)]
fn earlier<const N: usize, I: Isa<N>, const C: usize>(
    isa: I,
    ago: usize,
    start: usize,
    before: [f64; C],
    inputs: [&[f64]; C],
) -> [I::Vector; C] {
    let mut bars = [isa.splat(0.0); C];
    for input in 0..C {
        let mut lanes = [before[input]; N];
        for (lane, number) in lanes.iter_mut().enumerate() {
            if let Some(row) = (start + lane * STEP).checked_sub(ago) {
                *number = inputs[input][row];
            }
        }
        bars[input] = isa.pack(lanes);
    }
    bars
}
