//! Many values at a time: several blocks side by side, a lane each.
#![allow(clippy::needless_range_loop)] // an iterator's closures would not have the kernel's vectors

use std::marker::PhantomData;

use super::{Fold, Folded, View, Wide, Window, fold_tails};
use crate::kernels::arch::{Isa, Kernel, split, widest};

/// Fewer values are not worth setting up lanes.
const WORTH: usize = 64;

/// Longer blocks would not stay in the processor's caches.
const LONGEST: usize = 1 << 15;

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
        let mut row = 0;
        while row < rows {
            if self.at == 0 && self.filled && self.values.len() > 1 {
                row += self.blocks(&values[row..rows], outs.each_mut().map(|out| &mut out[row..rows]), view);
            }
            let Some(value) = values[..rows].get(row) else { return };
            let numbers = self.push(*value).map_or([f64::NAN; M], |window| view.of(window));
            for (out, number) in outs.iter_mut().zip(numbers) {
                out[row] = number;
            }
            row += 1;
        }
    }

    /// Takes whole blocks, from the beginning of one; how many values those are.
    #[inline(always)]
    fn blocks<V: View<F, M>, const M: usize>(
        &mut self,
        values: &[f64],
        outs: [&mut [f64]; M],
        view: V,
    ) -> usize {
        let period = self.values.len();
        if (cfg!(target_family = "wasm") && V::NATIVE) || values.len() < WORTH || period > LONGEST {
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
        // The tail behind the last value is of nothing; what is made of it is not kept.
        let mut tails = vec![F::Of::<I::Vector>::one(zero); period + 1];
        let mut rows = [&values[..part]; N];
        // The blocks before the parts.
        for at in 0..period {
            let mut lanes = [before[at]; N];
            for lane in 1..N {
                rows[lane] = &values[lane * part..][..part];
                lanes[lane] = values[lane * part + at - period];
            }
            block[at] = isa.pack(lanes);
        }
        let mut outs = outs.map(|out| split::<N>(out, part));
        let mut anchor = block[period - 1];
        fold_tails(&block, anchor, anchor, &mut tails);

        // Columns are read and written `N` at a time, but for those that are left over.
        let tiled = period / N * N;
        let whole = period as f64;
        for start in (0..part).step_by(period) {
            let (mut head, mut count) = (F::Of::<I::Vector>::one(zero), 0.0);
            let mut tile = [[zero; N]; M];
            for at in (0..tiled).step_by(N) {
                let columns = isa.columns(&rows, start + at);
                block[at..at + N].copy_from_slice(&columns);
                let tails = &tails[at + 1..][..N];
                for column in 0..N {
                    let seen = F::Of::<I::Vector>::seen(columns[column], anchor);
                    head = if column == 0 && at == 0 {
                        F::Of::<I::Vector>::one(seen)
                    } else {
                        head.append(seen, count)
                    };
                    count += 1.0;
                    let fold = tails[column].join(whole - count, head);
                    let numbers = view.of(Folded { fold, anchor });
                    for output in 0..M {
                        tile[output][column] = numbers[output];
                    }
                }
                if at + N < period {
                    for output in 0..M {
                        isa.put_columns(tile[output], &mut outs[output], start + at);
                    }
                }
            }
            for at in tiled..period {
                let mut lanes = [0.0; N];
                for lane in 0..N {
                    lanes[lane] = rows[lane][start + at];
                }
                block[at] = isa.pack(lanes);
                let seen = F::Of::<I::Vector>::seen(block[at], anchor);
                head = if at == 0 { F::Of::<I::Vector>::one(seen) } else { head.append(seen, count) };
                count += 1.0;
                let numbers = view.of(Folded { fold: tails[at + 1].join(whole - count, head), anchor });
                for output in 0..M {
                    put_column(isa.unpack(numbers[output]), &mut outs[output], start + at);
                }
            }
            // The newest value's window is the block itself.
            anchor = block[period - 1];
            let fold = fold_tails(&block, anchor, anchor, &mut tails);
            let numbers = view.of(Folded { fold, anchor });
            for output in 0..M {
                if tiled < period {
                    put_column(isa.unpack(numbers[output]), &mut outs[output], start + period - 1);
                } else {
                    tile[output][N - 1] = numbers[output];
                    isa.put_columns(tile[output], &mut outs[output], start + period - N);
                }
            }
        }
        N * part
    }
}

#[inline(always)]
fn put_column<const N: usize>(lanes: [f64; N], rows: &mut [&mut [f64]; N], at: usize) {
    for lane in 0..N {
        rows[lane][at] = lanes[lane];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::arch::{Single, narrowest};
    use crate::kernels::{LineEnd, Mean, TopPlace};

    /// The bits of whole blocks of this period, and of the windows pushed one by one.
    fn check<F: Wide<Of<f64> = F>>(period: usize, view: impl View<F, 1>) {
        let series: Vec<f64> = (0..900).map(|row| f64::from(row * 7919 % 1009) / 7.0).collect();
        let (before, values) = series.split_at(period);
        let mut window = Window::<F>::new(period);
        let pushed: Vec<Option<u64>> = (series.iter())
            .map(|value| window.push(*value).map(|window| view.of::<f64>(window)[0].to_bits()))
            .collect();
        let wide = |run: &dyn Fn(Blocks<'_, F, _, 1>) -> usize| {
            let mut out = vec![f64::NAN; values.len()];
            let taken = run(Blocks { before, values, outs: [&mut out], view, fold: PhantomData::<F> });
            assert!(taken + 4 * period > values.len(), "{taken}");
            out.truncate(taken);
            out
        };
        for out in [
            wide(&|blocks| widest(blocks)),
            wide(&|blocks| narrowest(blocks)),
            wide(&|blocks| blocks.run(Single)),
        ] {
            for (row, number) in out.iter().enumerate() {
                assert_eq!(Some(number.to_bits()), pushed[period + row], "period {period}, row {row}");
            }
        }
    }

    #[test]
    fn wide_blocks_give_the_bits_of_single_ones() {
        for period in [2, 3, 4, 5, 7, 8, 14, 20, 33] {
            check(period, Mean(period));
            check(period, LineEnd(period));
            check(period, TopPlace(period));
        }
    }
}
