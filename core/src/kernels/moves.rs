//! What is computed from each bar and the one before it.

use super::arch::{Isa, Kernel, Number, widest};

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
        let Self { what, before, inputs, outs } = self;
        let rows = inputs.iter().map(|input| input.len()).min().unwrap_or(0);
        let mut row = 0;
        while row < rows {
            // The first bar has no neighbour, and the last may be too few.
            let width = if row > 0 && row + N <= rows { N } else { 1 };
            if width == N && N > 1 {
                let (mut earlier, mut bar) = ([isa.splat(0.0); C], [isa.splat(0.0); C]);
                for input in 0..C {
                    let (chunk, chunk_before) =
                        (&inputs[input][row..row + N], &inputs[input][row - 1..row - 1 + N]);
                    let (mut now, mut then) = ([0.0; N], [0.0; N]);
                    now.copy_from_slice(chunk);
                    then.copy_from_slice(chunk_before);
                    (earlier[input], bar[input]) = (isa.pack(then), isa.pack(now));
                }
                let numbers = what.values(earlier, bar);
                for output in 0..K {
                    outs[output][row..row + N].copy_from_slice(&isa.unpack(numbers[output]));
                }
            } else {
                let (mut earlier, mut bar) = (before, [0.0; C]);
                for input in 0..C {
                    bar[input] = inputs[input][row];
                    if row > 0 {
                        earlier[input] = inputs[input][row - 1];
                    }
                }
                let numbers = what.values(earlier, bar);
                for output in 0..K {
                    outs[output][row] = numbers[output];
                }
            }
            row += width;
        }
    }
}
