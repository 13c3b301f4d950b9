//! Recurrences `a = a · keep + x` over many bars: several steps side by side, a lane each.
#![allow(clippy::needless_range_loop)] // an iterator's closures would not have the kernel's vectors

use super::arch::{Isa, Kernel, Number, Single, fetch_ahead, is_worth_fetching, widest};
use super::moves::Values;
use super::{bar, parts, parts_mut, rows_of};
use crate::num;

/// How many values a step is long.
///
/// The recurrence makes every value wait for the one before it. Within a step, values are instead summed, each as large as
/// it would have been at the step's beginning (`x / keep`, `x / keep²` …); the sum, with what the step began with, faded to
/// where it stands, is the average. Only from step to step is there something to wait for.
pub(crate) const STEP: usize = 8;

/// The least that is kept of a sum, so that what has been faded can be brought back: nothing, next to what is added.
const LEAST: f64 = 1.0 / (1_u128 << 100) as f64;

/// What is kept from value to value, and its inverse.
pub(crate) fn kept(keep: f64) -> (f64, f64) {
    let keep = num::max(keep, LEAST);
    (keep, 1.0 / keep)
}

/// What each place of a step raises a value by, and how much of the step's beginning is left there.
#[derive(Clone, Copy)]
pub(crate) struct Powers {
    pub(crate) raise: [f64; STEP],
    pub(crate) fade: [f64; STEP],
}

impl Powers {
    pub(crate) const NONE: Self = Self { raise: [0.0; STEP], fade: [0.0; STEP] };

    #[inline(always)]
    pub(crate) fn of(recurrence: &Recurrence) -> Self {
        let (mut powers, mut raised, mut faded) = (Self::NONE, recurrence.rate, 1.0);
        for place in 0..STEP {
            raised *= recurrence.rise;
            faded *= recurrence.keep;
            (powers.raise[place], powers.fade[place]) = (raised, faded);
        }
        powers
    }
}

/// What is averaged, `K` values of a bar of `C` numbers, and what is made of their averages, `M` numbers.
pub(crate) trait Averaged<const C: usize, const K: usize, const M: usize>: Values<C, K> {
    /// Whether the values of a bar are all the same, so that it is enough to see one of them as a distance.
    const ALIKE: bool = false;

    fn view<T: Number>(self, averages: [T; K]) -> [T; M];

    /// The same, of averages this far from the values before the step.
    #[inline(always)]
    fn view_from<T: Number>(self, bases: [T; K], distances: [T; K]) -> [T; M] {
        let mut averages = bases;
        for average in 0..K {
            averages[average] = averages[average] + distances[average];
        }
        self.view(averages)
    }

    /// The same, of what the step's values have added up to, and what it began with, faded.
    #[inline(always)]
    fn view_of<const CENTERED: bool, T: Number>(self, bases: [T; K], faded: [T; K]) -> [T; M] {
        if CENTERED { self.view_from(bases, faded) } else { self.view(faded) }
    }
}

/// The numbers themselves.
#[derive(Clone, Copy)]
pub(crate) struct Itself;

impl Values<1, 1> for Itself {
    #[inline(always)]
    fn values<T: Number>(self, _: [T; 1], bar: [T; 1]) -> [T; 1] {
        bar
    }
}

impl Averaged<1, 1, 1> for Itself {
    #[inline(always)]
    fn view<T: Number>(self, averages: [T; 1]) -> [T; 1] {
        averages
    }
}

/// How many values it takes until a step begins, of which so many have been taken.
pub(crate) fn until_step(at: usize) -> usize {
    if at == 0 { 0 } else { STEP.saturating_sub(at) }
}

/// Where a recurrence stands between two steps.
#[derive(Clone, Copy)]
pub(crate) struct Recurrence {
    pub(crate) keep: f64,
    /// The inverse of that.
    pub(crate) rise: f64,
    pub(crate) rate: f64,
    /// The value before the step, if values are seen as distances from it.
    pub(crate) base: f64,
    /// What the step begins with.
    pub(crate) carried: f64,
}

/// A state that is, once it has begun, `K` recurrences of what is made of each bar and the one before it.
///
/// If centered, values are seen as distances from the value before the step, so that a flat series stays exactly where
/// it is, and what is carried is the distance from there. Otherwise they are summed as they are.
pub(crate) trait Recurring<const CENTERED: bool, const C: usize, const K: usize, const M: usize> {
    type Averaged: Averaged<C, K, M>;
    const AVERAGED: Self::Averaged;

    /// Takes the next bar.
    fn take(&mut self, bar: [f64; C]) -> Option<[f64; M]>;
    /// How many bars it takes until a step begins.
    fn until_step(&self) -> usize;
    /// Where a step begins: the recurrences, and the bar before.
    fn stand(&self) -> Option<([Recurrence; K], [f64; C])>;
    /// Has taken whole steps, up to this bar.
    fn stepped(&mut self, recurrences: [Recurrence; K], last: [f64; C]);

    /// Takes many bars and writes their outputs, NaN while there are none: as [`take`](Self::take) of each.
    #[inline(always)]
    fn run(&mut self, inputs: [&[f64]; C], outs: [&mut [f64]; M]) {
        by_steps(self, inputs, outs);
    }
}

/// The body of [`Recurring::run`]: in whole steps where one begins, and else one by one.
#[inline(always)]
pub(crate) fn by_steps<S, const CENTERED: bool, const C: usize, const K: usize, const M: usize>(
    state: &mut S,
    inputs: [&[f64]; C],
    mut outs: [&mut [f64]; M],
) where
    S: Recurring<CENTERED, C, K, M> + ?Sized,
{
    let rows = rows_of(&[], &outs);
    let mut row = 0;
    while row < rows {
        if let Some((mut recurrences, before)) = state.stand() {
            let (rest, outs) = (parts(inputs, row..rows), parts_mut(&mut outs, row..rows));
            let taken = steps::<CENTERED, _, C, K, M>(S::AVERAGED, &mut recurrences, before, rest, outs);
            row += taken;
            if taken > 0 {
                state.stepped(recurrences, bar(&inputs, row - 1));
            }
        }
        if row < rows {
            let numbers = state.take(bar(&inputs, row)).unwrap_or([f64::NAN; M]);
            for (out, number) in outs.iter_mut().zip(numbers) {
                out[row] = number;
            }
            row += 1;
        }
    }
}

/// Takes whole steps and moves the recurrences on; how many bars that were.
fn steps<const CENTERED: bool, A, const C: usize, const K: usize, const M: usize>(
    averaged: A,
    recurrences: &mut [Recurrence; K],
    before: [f64; C],
    inputs: [&[f64]; C],
    mut outs: [&mut [f64]; M],
) -> usize
where
    A: Averaged<C, K, M>,
{
    let rows = rows_of(&inputs, &outs);
    let inputs = parts(inputs, 0..rows);
    let mut powers = [Powers::NONE; K];
    for (powers, recurrence) in powers.iter_mut().zip(&*recurrences) {
        *powers = Powers::of(recurrence);
    }
    let (of_all, lent, powers) = (&mut *recurrences, parts_mut(&mut outs, 0..rows), &powers);
    let taken = widest(Steps::<CENTERED, _, C, K, M> {
        averaged,
        powers,
        recurrences: of_all,
        before,
        inputs,
        outs: lent,
    });
    if cfg!(target_family = "wasm") || rows - taken < STEP {
        return taken; // not worth a download
    }
    // Steps that are too few to fill lanes.
    let before = if taken > 0 { bar(&inputs, taken - 1) } else { before };
    let (inputs, outs) = (parts(inputs, taken..rows), parts_mut(&mut outs, taken..rows));
    taken + Steps::<CENTERED, _, C, K, M> { averaged, powers, recurrences, before, inputs, outs }.run(Single)
}

struct Steps<'a, const CENTERED: bool, A, const C: usize, const K: usize, const M: usize> {
    averaged: A,
    powers: &'a [Powers; K],
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
        let Self { averaged, powers, recurrences, before, inputs, outs } = self;
        let rows = rows_of(&[], &outs);
        let taken = rows / (N * STEP) * (N * STEP);
        let zero = isa.splat(0.0);
        let (mut raise, mut fade) = ([[zero; STEP]; K], [[zero; STEP]; K]);
        let (mut carried, mut left) = ([0.0; K], [0.0; K]);
        // Of the group before: its last bars and values.
        let (mut bars_before, mut values_before) = ([zero; C], [zero; K]);
        for input in 0..C {
            bars_before[input] = isa.splat(before[input]);
        }
        for average in 0..K {
            let Powers { raise: raised, fade: faded } = &powers[average];
            for place in 0..STEP {
                raise[average][place] = isa.splat(raised[place]);
                fade[average][place] = isa.splat(faded[place]);
            }
            (left[average], carried[average]) = (faded[STEP - 1], recurrences[average].carried);
            values_before[average] = isa.splat(recurrences[if A::ALIKE { 0 } else { average }].base);
        }
        let inputs_in_groups = in_groups::<N, C>(&inputs);
        let outs_in_groups = outs.map(|out| out.as_chunks_mut::<STEP>().0.as_chunks_mut::<N>().0);
        // A group's averages are made while the next one's sums are: a processor looks so far ahead only.
        let groups = taken / (N * STEP);
        let (mut sums_before, mut bases_before, mut added_before) = ([[zero; STEP]; K], [zero; K], [zero; K]);
        for at in 0..=groups {
            let mut begun = [zero; K];
            if at > 0 {
                for average in 0..K {
                    begun[average] = begin(isa, added_before[average], left[average], &mut carried[average]);
                }
            }
            let (mut sums, mut bases, mut added) = ([[zero; STEP]; K], [zero; K], [zero; K]);
            if at < groups {
                fetch_groups(rows, &inputs_in_groups, &outs_in_groups, at);
                let mut values = [[zero; K]; STEP];
                let (mut bars, mut bar_before) = ([[zero; C]; STEP], [zero; C]);
                for input in 0..C {
                    for tile in (0..STEP).step_by(N) {
                        let columns = isa.columns(&inputs_in_groups[input][at], tile);
                        for column in 0..N {
                            bars[tile + column][input] = columns[column];
                        }
                    }
                    // The bar before a step is the last one of the step before.
                    bar_before[input] = isa.shift(bars_before[input], bars[STEP - 1][input]);
                }
                bars_before = bars[STEP - 1];
                for place in 0..STEP {
                    values[place] = averaged.values(bar_before, bars[place]);
                    bar_before = bars[place];
                }
                let newest = values[STEP - 1];
                for average in 0..K {
                    bases[average] = isa.shift(values_before[average], newest[average]);
                }
                values_before = newest;
                let mut sum = [zero; K];
                for place in 0..STEP {
                    for average in 0..K {
                        let value = values[place][average];
                        let seen = if CENTERED { value - bases[average] } else { value };
                        sum[average] = sum[average] + seen * raise[average][place];
                        sums[average][place] = sum[average];
                    }
                }
                for average in 0..K {
                    let faded = sum[average] * fade[average][STEP - 1];
                    added[average] =
                        if CENTERED { faded + (bases[average] - newest[average]) } else { faded };
                }
            }
            if let Some(at) = at.checked_sub(1) {
                for tile in (0..STEP).step_by(N) {
                    let mut columns = [[zero; N]; M];
                    for column in 0..N {
                        let place = tile + column;
                        let mut faded = [zero; K];
                        for average in 0..K {
                            faded[average] =
                                fade[average][place] * (begun[average] + sums_before[average][place]);
                        }
                        let numbers = averaged.view_of::<CENTERED, _>(bases_before, faded);
                        for output in 0..M {
                            columns[output][column] = numbers[output];
                        }
                    }
                    for output in 0..M {
                        isa.put_columns(columns[output], &mut outs_in_groups[output][at], tile);
                    }
                }
            }
            (sums_before, bases_before, added_before) = (sums, bases, added);
        }
        if let Some(end) = taken.checked_sub(1) {
            // A step has at least two bars.
            let newest = averaged.values(bar(&inputs, end - 1), bar(&inputs, end));
            for (average, recurrence) in recurrences.iter_mut().enumerate() {
                (recurrence.base, recurrence.carried) = (newest[average], carried[average]);
            }
        }
        taken
    }
}

/// Each column in groups of steps, one a lane.
#[inline(always)]
fn in_groups<'a, const N: usize, const C: usize>(columns: &[&'a [f64]; C]) -> [&'a [[[f64; STEP]; N]]; C] {
    let mut in_groups = [&[][..]; C];
    for (groups, column) in in_groups.iter_mut().zip(columns) {
        *groups = column.as_chunks().0.as_chunks().0;
    }
    in_groups
}

/// [`fetch_ahead`] where a group of steps is read and written, if there are so many rows that it pays.
#[inline(always)]
fn fetch_groups<const N: usize, const C: usize, const M: usize>(
    rows: usize,
    inputs: &[&[[[f64; STEP]; N]]; C],
    outs: &[&mut [[[f64; STEP]; N]]; M],
    at: usize,
) {
    if !is_worth_fetching(rows) {
        return;
    }
    for step in 0..N {
        for input in inputs {
            fetch_ahead::<1>(&input[at][step]);
        }
        for out in outs {
            fetch_ahead::<1>(&out[at][step]);
        }
    }
}

/// What each step begins with, of what the steps before have added.
#[inline(always)]
fn begin<const N: usize, I: Isa<N>>(isa: I, added: I::Vector, left: f64, carried: &mut f64) -> I::Vector {
    let mut lanes = isa.unpack(added);
    for lane in &mut lanes {
        let added = *lane;
        *lane = *carried;
        *carried = *lane * left + added;
    }
    isa.pack(lanes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::arch::narrowest;

    /// What two averages of one series differ by.
    #[derive(Clone, Copy)]
    struct Gap;

    impl Values<1, 2> for Gap {
        fn values<T: Number>(self, [before]: [T; 1], [x]: [T; 1]) -> [T; 2] {
            [x, x - before]
        }
    }

    impl Averaged<1, 2, 1> for Gap {
        fn view<T: Number>(self, [one, other]: [T; 2]) -> [T; 1] {
            [one - other]
        }
    }

    fn bits<const CENTERED: bool>(run: impl Fn(Steps<'_, CENTERED, Gap, 1, 2, 1>) -> usize) -> Vec<u64> {
        let x: Vec<f64> = (0..256).map(|row| f64::from(row * 7919 % 1009) / 7.0).collect();
        let mut out = vec![0.0; x.len()];
        let kept = [0.7, 0.0].map(kept);
        let of = |(keep, rise)| Recurrence { keep, rise, rate: 0.3, base: 5.0, carried: 1.5 };
        let mut recurrences = kept.map(of);
        let (outs, powers) = ([out.as_mut_slice()], recurrences.each_ref().map(Powers::of));
        let taken = run(Steps {
            averaged: Gap,
            powers: &powers,
            recurrences: &mut recurrences,
            before: [3.0],
            inputs: [&x],
            outs,
        });
        assert_eq!(taken, 256);
        let ends = recurrences.iter().flat_map(|end| [end.base, end.carried]);
        out.iter().copied().chain(ends).map(f64::to_bits).collect()
    }

    #[test]
    fn wide_steps_give_the_bits_of_single_ones() {
        assert_eq!(bits::<true>(|steps| widest(steps)), bits::<true>(|steps| steps.run(Single)));
        assert_eq!(bits::<true>(|steps| narrowest(steps)), bits::<true>(|steps| steps.run(Single)));
        assert_eq!(bits::<false>(|steps| widest(steps)), bits::<false>(|steps| steps.run(Single)));
        assert_eq!(bits::<false>(|steps| narrowest(steps)), bits::<false>(|steps| steps.run(Single)));
    }
}
