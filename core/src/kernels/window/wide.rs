//! Many values at a time: several blocks side by side, a lane each.

use std::marker::PhantomData;

use super::{Fold, Folded, View, Wide, Window, fold_tails};
use crate::kernels::arch::{Isa, Kernel, widest};

/// Fewer values are not worth setting up lanes.
const WORTH: usize = 256;

/// Longer blocks would not stay in the processor's nearest caches.
const LONGEST: usize = 4096;

impl<F: Wide<Of<f64> = F>> Window<F> {
    /// Takes many values and writes what `view` makes of each window, NaN while there is none: as
    /// [`push`](Self::push) on each.
    pub(crate) fn run<const M: usize>(
        &mut self,
        values: &[f64],
        mut outs: [&mut [f64]; M],
        view: impl View<F, M>,
    ) {
        let rows = outs.iter().map(|out| out.len()).fold(values.len(), usize::min);
        let mut taken = 0;
        while taken < rows {
            if self.at == 0 && self.filled && self.values.len() > 1 {
                let rest = outs.each_mut().map(|out| &mut out[taken..rows]);
                let blocks = self.blocks(&values[taken..rows], rest, view);
                if blocks > 0 {
                    taken += blocks;
                    continue;
                }
            }
            taken += self.part(&values[taken..rows], outs.each_mut().map(|out| &mut out[taken..rows]), view);
        }
    }

    /// Takes the next value, and what is left of its block.
    #[inline(always)]
    fn part<const M: usize>(
        &mut self,
        values: &[f64],
        mut outs: [&mut [f64]; M],
        view: impl View<F, M>,
    ) -> usize {
        let mut put = |row: usize, numbers: [f64; M]| {
            for (out, number) in outs.iter_mut().zip(numbers) {
                out[row] = number;
            }
        };
        let Some(first) = values.first() else { return 0 };
        let (period, from) = (self.values.len(), self.at);
        put(0, self.push(*first).map_or([f64::NAN; M], |window| view.of(window)));
        // The last value of a block turns it.
        let more = if self.at == 0 { 0 } else { (values.len() - 1).min(period - 1 - self.at) };
        let (Some(mut head), anchor) = (self.head, self.anchor) else { return 1 };
        let (kept, tails) = (&mut self.values[from + 1..][..more], &self.tails[from + 2..]);
        let (mut count, whole) = ((from + 1) as f64, period as f64);
        for (row, ((value, kept), tail)) in (1..).zip(values[1..].iter().zip(kept).zip(tails)) {
            *kept = *value;
            head = head.append(F::seen(*value, anchor), count);
            count += 1.0;
            let window = Folded { fold: tail.join(whole - count, head), anchor };
            put(row, if self.filled { view.of(window) } else { [f64::NAN; M] });
        }
        self.at += more;
        self.head = Some(head);
        1 + more
    }

    /// Takes whole blocks, from the beginning of one; how many values those are.
    #[inline(always)]
    fn blocks<const M: usize>(
        &mut self,
        values: &[f64],
        outs: [&mut [f64]; M],
        view: impl View<F, M>,
    ) -> usize {
        let period = self.values.len();
        if values.len() < WORTH || period > LONGEST {
            return 0;
        }
        let before = &self.values[..];
        let taken = widest(Blocks::<F, _, M> { before, values, outs, view, fold: PhantomData });
        if let Some(last) = values[..taken].rchunks_exact(period).next() {
            self.turn_from(last, last[period - 1]);
            self.values.copy_from_slice(last);
        }
        taken
    }
}

/// The series is cut into as many parts as there are lanes, each of whole blocks.
struct Blocks<'a, F, V, const M: usize> {
    /// The block before.
    before: &'a [f64],
    values: &'a [f64],
    outs: [&'a mut [f64]; M],
    view: V,
    fold: PhantomData<F>,
}

impl<F: Wide<Of<f64> = F>, V: View<F, M>, const M: usize> Kernel for Blocks<'_, F, V, M> {
    /// How many values were taken.
    type Out = usize;

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> usize {
        let Self { before, values, outs, view, .. } = self;
        let period = before.len();
        let blocks = values.len() / (N * period);
        let part = blocks * period;
        if blocks == 0 {
            return 0;
        }
        let zero = isa.splat(0.0);
        let mut block = vec![zero; period];
        let mut tails = vec![F::Of::<I::Vector>::one(zero); period];
        // The blocks before the parts.
        for at in 0..period {
            let mut lanes = [before[at]; N];
            for lane in 1..N {
                lanes[lane] = values[lane * part + at - period];
            }
            block[at] = isa.pack(lanes);
        }
        let mut anchor = block[period - 1];
        fold_tails(&block, anchor, anchor, &mut tails);

        // Columns are read and written `N` at a time, but for those that are left over, `period % N`.
        let tiled = period - period % N;
        for start in (0..part).step_by(period) {
            let mut head = F::Of::<I::Vector>::one(zero);
            let mut tile = [[zero; N]; M];
            for at in (0..tiled).step_by(N) {
                let columns = isa.columns(&values[start + at..], part);
                for column in 0..N {
                    let value = columns[column];
                    block[at + column] = value;
                    head = follow(head, value, anchor, at + column);
                    // The newest value's window is the block itself, seen below.
                    if at + column + 1 < period {
                        let numbers = view.of(join(&tails, head, anchor, at + column));
                        for output in 0..M {
                            tile[output][column] = numbers[output];
                        }
                    }
                }
                if at + N < period {
                    for output in 0..M {
                        isa.put_columns(tile[output], &mut outs[output][start + at..], part);
                    }
                }
            }
            for at in tiled..period {
                let value = isa.pack(column(values, start + at, part));
                block[at] = value;
                head = follow(head, value, anchor, at);
                if at + 1 < period {
                    let numbers = view.of(join(&tails, head, anchor, at));
                    for output in 0..M {
                        put_column(isa.unpack(numbers[output]), outs[output], start + at, part);
                    }
                }
            }
            let newest = block[period - 1];
            anchor = newest;
            let fold = fold_tails(&block, newest, anchor, &mut tails);
            let numbers = view.of(Folded { fold, anchor });
            for output in 0..M {
                if tiled < period {
                    put_column(isa.unpack(numbers[output]), outs[output], start + period - 1, part);
                } else {
                    tile[output][N - 1] = numbers[output];
                    isa.put_columns(tile[output], &mut outs[output][start + period - N..], part);
                }
            }
        }
        N * part
    }
}

/// The fold of a block's head with the value `at` its end.
#[inline(always)]
fn follow<F: Fold>(head: F, value: F::Item, anchor: F::Item, at: usize) -> F {
    let seen = F::seen(value, anchor);
    if at == 0 { F::one(seen) } else { head.append(seen, at as f64) }
}

/// The window that ends `at` a place of a block, of which `head` is the fold so far.
#[inline(always)]
fn join<F: Fold>(tails: &[F], head: F, anchor: F::Item, at: usize) -> Folded<F> {
    let older = tails.len() - (at + 1);
    Folded { fold: tails[at + 1].join(older as f64, head), anchor }
}

#[inline(always)]
fn column<const N: usize>(rows: &[f64], at: usize, stride: usize) -> [f64; N] {
    let mut lanes = [0.0; N];
    for lane in 0..N {
        lanes[lane] = rows[lane * stride + at];
    }
    lanes
}

#[inline(always)]
fn put_column<const N: usize>(lanes: [f64; N], rows: &mut [f64], at: usize, stride: usize) {
    for lane in 0..N {
        rows[lane * stride + at] = lanes[lane];
    }
}
