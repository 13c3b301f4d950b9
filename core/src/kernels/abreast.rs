//! Recurrences of several series at a time, a lane each: unlike those of one, they do not wait for one another.
#![allow(clippy::needless_range_loop)] // an iterator's closures would not have the kernel's vectors

use super::arch::{Isa, Kernel, fetch_lanes, is_worth_fetching, widest};
use super::faded::{Averaged, Powers, Recurrence, Recurring, STEP};
use super::{bar, parts, parts_mut, rows_of};
use crate::indicator::LANES;

/// Takes many bars of several series, as [`Recurring::run`] does of each.
pub(crate) fn abreast<P, const CENTERED: bool, const C: usize, const K: usize, const M: usize>(
    mut states: [&mut P; LANES],
    inputs: [[&[f64]; C]; LANES],
    mut outs: [[&mut [f64]; M]; LANES],
) where
    P: Recurring<CENTERED, C, K, M>,
{
    // Each up to where its steps begin, then all as long as each has steps.
    let mut taken = [0; LANES];
    let mut lanes = Vec::with_capacity(LANES);
    for (lane, (state, outs)) in states.iter_mut().zip(&mut outs).enumerate() {
        let rows = rows_of(&inputs[lane], outs);
        let at = state.until_step().min(rows);
        state.run(parts(inputs[lane], 0..at), parts_mut(outs, 0..at));
        taken[lane] = at;
        if let Some((recurrences, before)) = state.stand() {
            let (inputs, outs) = (parts(inputs[lane], at..rows), parts_mut(outs, at..rows));
            lanes.push(Lane { recurrences, before, inputs, outs });
        }
    }
    if lanes.len() == LANES {
        let rows = widest(Abreast::<CENTERED, _, C, K, M> { averaged: P::AVERAGED, lanes: &mut lanes });
        let ends = lanes.into_iter().map(|lane| lane.recurrences);
        for (lane, (state, recurrences)) in states.iter_mut().zip(ends).enumerate().filter(|_| rows > 0) {
            taken[lane] += rows;
            state.stepped(recurrences, bar(&inputs[lane], taken[lane] - 1));
        }
    }
    for (lane, (state, outs)) in states.into_iter().zip(&mut outs).enumerate() {
        let rows = taken[lane]..rows_of(&inputs[lane], outs);
        state.run(parts(inputs[lane], rows.clone()), parts_mut(outs, rows));
    }
}

/// One series, from where its steps begin.
struct Lane<'a, const C: usize, const K: usize, const M: usize> {
    recurrences: [Recurrence; K],
    before: [f64; C],
    inputs: [&'a [f64]; C],
    outs: [&'a mut [f64]; M],
}

impl<const C: usize, const K: usize, const M: usize> Lane<'_, C, K, M> {
    /// How many whole steps it has.
    fn steps(&self) -> usize {
        rows_of(&self.inputs, &self.outs) / STEP
    }
}

/// As many lanes as any processor has, or a multiple.
struct Abreast<'l, 'a, const CENTERED: bool, A, const C: usize, const K: usize, const M: usize> {
    averaged: A,
    lanes: &'l mut [Lane<'a, C, K, M>],
}

impl<const CENTERED: bool, A, const C: usize, const K: usize, const M: usize> Kernel
    for Abreast<'_, '_, CENTERED, A, C, K, M>
where
    A: Averaged<C, K, M>,
{
    /// How many bars of each were taken.
    type Out = usize;

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> usize {
        let Self { averaged, lanes } = self;
        let steps = lanes.iter().map(Lane::steps).min().unwrap_or(0);
        for lanes in lanes.as_chunks_mut::<N>().0 {
            take::<CENTERED, N, _, _, C, K, M>(isa, averaged, lanes, steps);
        }
        steps * STEP
    }
}

/// Takes so many steps of as many series as there are lanes.
#[inline(always)]
fn take<const CENTERED: bool, const N: usize, I: Isa<N>, A, const C: usize, const K: usize, const M: usize>(
    isa: I,
    averaged: A,
    lanes: &mut [Lane<'_, C, K, M>; N],
    steps: usize,
) where
    A: Averaged<C, K, M>,
{
    let (zero, rows) = (isa.splat(0.0), steps * STEP);
    let (mut raise, mut fade) = ([[[0.0; N]; STEP]; K], [[[0.0; N]; STEP]; K]);
    let (mut bases, mut carried, mut before) = ([[0.0; N]; K], [[0.0; N]; K], [[0.0; N]; C]);
    let mut columns: [[&[f64]; N]; C] = [[&[]; N]; C];
    let mut outs: [[&mut [f64]; N]; M] = std::array::from_fn(|_| std::array::from_fn(|_| Default::default()));
    for (lane, series) in lanes.iter_mut().enumerate() {
        for (average, recurrence) in series.recurrences.iter().enumerate() {
            let powers = Powers::of(recurrence);
            for place in 0..STEP {
                raise[average][place][lane] = powers.raise[place];
                fade[average][place][lane] = powers.fade[place];
            }
            (bases[average][lane], carried[average][lane]) = (recurrence.base, recurrence.carried);
        }
        for input in 0..C {
            before[input][lane] = series.before[input];
            columns[input][lane] = &series.inputs[input][..rows];
        }
        for (output, out) in series.outs.iter_mut().enumerate() {
            outs[output][lane] = &mut out[..rows];
        }
    }
    let (mut raises, mut fades) = ([[zero; STEP]; K], [[zero; STEP]; K]);
    let (mut base, mut carry, mut bar_before) = ([zero; K], [zero; K], [zero; C]);
    for average in 0..K {
        for place in 0..STEP {
            raises[average][place] = isa.pack(raise[average][place]);
            fades[average][place] = isa.pack(fade[average][place]);
        }
        (base[average], carry[average]) = (isa.pack(bases[average]), isa.pack(carried[average]));
    }
    for input in 0..C {
        bar_before[input] = isa.pack(before[input]);
    }
    for start in (0..rows).step_by(STEP) {
        if is_worth_fetching(rows) {
            fetch_lanes(&columns, &outs, start);
        }
        let mut bars = [[zero; C]; STEP];
        for input in 0..C {
            for tile in (0..STEP).step_by(N) {
                let columns = isa.columns(&columns[input], start + tile);
                for column in 0..N {
                    bars[tile + column][input] = columns[column];
                }
            }
        }
        let mut values = [[zero; K]; STEP];
        for place in 0..STEP {
            values[place] = averaged.values(bar_before, bars[place]);
            bar_before = bars[place];
        }
        let mut sums = [[zero; STEP]; K];
        for average in 0..K {
            let mut sum = zero;
            for place in 0..STEP {
                let value = values[place][average];
                let seen = if CENTERED { value - base[average] } else { value };
                sum = sum + seen * raises[average][place];
                sums[average][place] = sum;
            }
        }
        let mut numbers = [[zero; M]; STEP];
        for place in 0..STEP {
            let mut faded = [zero; K];
            for average in 0..K {
                faded[average] = fades[average][place] * (carry[average] + sums[average][place]);
            }
            numbers[place] = averaged.view_of::<CENTERED, _>(base, faded);
        }
        for average in 0..K {
            let (newest, left) = (values[STEP - 1][average], fades[average][STEP - 1]);
            let faded = sums[average][STEP - 1] * left;
            let added = if CENTERED { faded + (base[average] - newest) } else { faded };
            carry[average] = carry[average] * left + added;
            base[average] = newest;
        }
        for output in 0..M {
            for tile in (0..STEP).step_by(N) {
                let mut columns = [zero; N];
                for column in 0..N {
                    columns[column] = numbers[tile + column][output];
                }
                isa.put_columns(columns, &mut outs[output], start + tile);
            }
        }
    }
    for average in 0..K {
        let (bases, carried) = (isa.unpack(base[average]), isa.unpack(carry[average]));
        for (lane, series) in lanes.iter_mut().enumerate() {
            let recurrence = &mut series.recurrences[average];
            (recurrence.base, recurrence.carried) = (bases[lane], carried[lane]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::arch::{Single, narrowest};
    use crate::kernels::extremes::Moves;
    use crate::kernels::{RelativeStrength, Smoothed};
    use crate::{Smoothing, Stored};

    /// The bits of what states write of series of this length and a lane more each, and of what they are then.
    fn bits<
        P: Stored + Recurring<CENTERED, C, K, 1>,
        const CENTERED: bool,
        const C: usize,
        const K: usize,
    >(
        state: impl Fn(usize) -> P,
        together: bool,
        rows: usize,
    ) -> (Vec<u64>, Vec<u8>) {
        let number = |row: usize, column: usize| ((row * 7919 + column * 31) % 1009) as f64 / 7.0;
        let series: [Vec<f64>; C] =
            std::array::from_fn(|column| (0..rows + LANES).map(|row| number(row, column)).collect());
        let mut states: [P; LANES] = std::array::from_fn(state);
        let mut outs: [Vec<f64>; LANES] = std::array::from_fn(|lane| vec![0.0; rows + lane]);
        let inputs = std::array::from_fn(|lane| series.each_ref().map(|column| &column[..rows + lane]));
        let places = outs.each_mut().map(|out| [out.as_mut_slice()]);
        if together {
            abreast(states.each_mut(), inputs, places);
        } else {
            for ((state, inputs), outs) in states.iter_mut().zip(inputs).zip(places) {
                state.run(inputs, outs);
            }
        }
        let mut bytes = Vec::new();
        for state in &states {
            state.save(&mut bytes);
        }
        (outs.iter().flatten().map(|number| number.to_bits()).collect(), bytes)
    }

    fn check<
        P: Stored + Recurring<CENTERED, C, K, 1>,
        const CENTERED: bool,
        const C: usize,
        const K: usize,
    >(
        state: impl Fn(usize) -> P + Copy,
    ) {
        for rows in [0, 1, 5, 20, 43, 200] {
            assert_eq!(bits(state, true, rows), bits(state, false, rows), "{rows} rows");
        }
    }

    #[test]
    fn lanes_give_the_bits_of_each_alone() {
        check(|lane| Smoothed::exponential(3 * lane + 1));
        check(|lane| RelativeStrength::new(2 * lane + 1));
        check(|lane| RelativeStrength::smoothed(20 - lane, Smoothing::Ema));
    }

    #[test]
    fn narrow_lanes_give_the_bits_of_wide_ones() {
        let bits = |run: fn(Abreast<'_, '_, true, Moves, 1, 2, 1>) -> usize| {
            let series: Vec<f64> = (0..64).map(|row| f64::from(row * 7919 % 1009) / 7.0).collect();
            let mut outs = vec![[0.0; 64]; LANES];
            let recurrence = Recurrence { keep: 0.9, rise: 1.0 / 0.9, rate: 0.1, base: 5.0, carried: 1.5 };
            let series = |lane: usize| [&series[lane..]];
            let lane = |(lane, out)| Lane {
                recurrences: [recurrence; 2],
                before: [3.0],
                inputs: series(lane),
                outs: [out],
            };
            let places = outs.iter_mut().map(|out| &mut out[..]);
            let mut lanes: Vec<_> = places.enumerate().map(lane).collect();
            assert_eq!(run(Abreast { averaged: Moves, lanes: &mut lanes }), 56);
            let recurrences = lanes.iter().flat_map(|lane| lane.recurrences);
            let ends: Vec<_> = recurrences.flat_map(|end| [end.base, end.carried]).collect();
            outs.iter().flatten().chain(&ends).map(|number| number.to_bits()).collect::<Vec<_>>()
        };
        assert_eq!(bits(|lanes| widest(lanes)), bits(|lanes| lanes.run(Single)));
        assert_eq!(bits(|lanes| narrowest(lanes)), bits(|lanes| lanes.run(Single)));
    }
}
