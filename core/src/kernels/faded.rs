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
        let Self { averaged, recurrences, before, inputs, mut outs } = self;
        let rows = outs.iter().map(|out| out.len()).fold(usize::MAX, usize::min);
        let taken = rows / (N * STEP) * (N * STEP);
        let zero = isa.splat(0.0);
        let (keep, rate) = (
            recurrences.map(|recurrence| isa.splat(recurrence.keep)),
            recurrences.map(|recurrence| isa.splat(recurrence.rate)),
        );
        let fading = recurrences.map(|recurrence| fading(recurrence.keep));
        let faded = fading.map(|fading| fading.map(|left| isa.splat(left)));
        let mut carried = recurrences.map(|recurrence| recurrence.carried);
        let mut last = [zero; K];
        for start in (0..taken).step_by(N * STEP) {
            // The bar so many before each step.
            let earlier = |ago: usize| {
                std::array::from_fn(|input| {
                    isa.pack(std::array::from_fn(|lane| match (start + lane * STEP).checked_sub(ago) {
                        Some(row) => inputs[input][row],
                        None => before[input],
                    }))
                })
            };
            let mut bar_before: [I::Vector; C] = earlier(1);
            let mut base = [zero; K];
            if CENTERED {
                base = averaged.values(earlier(2), bar_before);
                if start == 0 {
                    base = std::array::from_fn(|average| {
                        let mut lanes = isa.unpack(base[average]);
                        lanes[0] = recurrences[average].base;
                        isa.pack(lanes)
                    });
                }
            }
            let mut sums = [[zero; STEP]; K];
            let (mut sum, mut newest) = ([zero; K], [zero; K]);
            for tile in (0..STEP).step_by(N) {
                let columns = inputs.map(|input| isa.columns(&input[start + tile..], STEP));
                for column in 0..N {
                    let bar = columns.map(|columns| columns[column]);
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
                begun[average] = isa.pack(isa.unpack(added).map(|added| {
                    let begun = carried[average];
                    carried[average] = begun * fading[average][STEP - 1] + added;
                    begun
                }));
            }
            for tile in (0..STEP).step_by(N) {
                let mut columns = [[zero; N]; M];
                for column in 0..N {
                    last = std::array::from_fn(|average| {
                        let at = tile + column;
                        let faded = begun[average] * faded[average][at] + sums[average][at];
                        if CENTERED { base[average] + faded } else { faded }
                    });
                    for (columns, number) in columns.iter_mut().zip(averaged.view(last)) {
                        columns[column] = number;
                    }
                }
                for (columns, out) in columns.into_iter().zip(&mut outs) {
                    isa.put_columns(columns, &mut out[start + tile..], STEP);
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
