//! What is computed from each bar and the one before it.
#![allow(clippy::needless_range_loop)] // an iterator's closures would not have the kernel's vectors

use super::arch::{Isa, Kernel, LINE, Number, fetch_ahead, is_worth_fetching, widest};
use super::rows_of;

/// `K` values of a bar of `C` numbers and the bar before it.
pub(crate) trait Values<const C: usize, const K: usize>: Copy {
    fn values<T: Number>(self, before: [T; C], bar: [T; C]) -> [T; K];
}

/// Writes the values of many bars.
pub(crate) fn values<V: Values<C, K>, const C: usize, const K: usize>(
    what: V,
    before: [f64; C],
    inputs: [&[f64]; C],
    outs: [&mut [f64]; K],
) {
    widest(Each { what, before, inputs, outs });
}

struct Each<'a, V, const C: usize, const K: usize> {
    what: V,
    before: [f64; C],
    inputs: [&'a [f64]; C],
    outs: [&'a mut [f64]; K],
}

impl<V: Values<C, K>, const C: usize, const K: usize> Kernel for Each<'_, V, C, K> {
    type Out = ();

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) {
        let Self { what, before, inputs, mut outs } = self;
        let rows = rows_of(&inputs, &outs);
        if rows == 0 {
            return;
        }
        let (mut earlier_bars, mut bars) = ([&[][..]; C], [&[][..]; C]);
        for input in 0..C {
            earlier_bars[input] = inputs[input][..rows - 1].as_chunks().0;
            bars[input] = inputs[input][1..rows].as_chunks().0;
        }
        let wide = (rows - 1) / N;
        {
            let places = outs.each_mut().map(|out| out[1..rows].as_chunks_mut::<N>().0);
            for at in 0..wide {
                let (mut earlier, mut bar) = ([isa.splat(0.0); C], [isa.splat(0.0); C]);
                if is_worth_fetching(rows) && at.is_multiple_of(LINE / N) {
                    for input in 0..C {
                        fetch_ahead::<1>(&bars[input][at]);
                    }
                    for output in 0..K {
                        fetch_ahead::<1>(&places[output][at]);
                    }
                }
                for input in 0..C {
                    earlier[input] = isa.pack(earlier_bars[input][at]);
                    bar[input] = isa.pack(bars[input][at]);
                }
                let numbers = what.values(earlier, bar);
                for output in 0..K {
                    places[output][at] = isa.unpack(numbers[output]);
                }
            }
        }
        // The first bar's neighbour is not in the columns, and the last bars may be too few.
        for row in std::iter::once(0).chain(1 + wide * N..rows) {
            single(what, before, &inputs, &mut outs, row);
        }
    }
}

/// The values of one row.
#[inline(always)]
fn single<V: Values<C, K>, const C: usize, const K: usize>(
    what: V,
    before: [f64; C],
    inputs: &[&[f64]; C],
    outs: &mut [&mut [f64]; K],
    row: usize,
) {
    let (mut earlier, mut bar) = (before, [0.0; C]);
    for input in 0..C {
        bar[input] = inputs[input][row];
        if row > 0 {
            earlier[input] = inputs[input][row - 1];
        }
    }
    for (out, number) in outs.iter_mut().zip(what.values(earlier, bar)) {
        out[row] = number;
    }
}
