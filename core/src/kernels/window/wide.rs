//! Many values at a time: several blocks side by side, a lane each.
#![allow(clippy::needless_range_loop)] // an iterator's closures would not have the kernel's vectors

use super::{Fold, Folded, Kept, Numbers, View, Wide, Window, fold_tails};
use crate::kernels::arch::{Isa, Kernel, split, widest};

/// Fewer values are not worth setting up lanes.
const WORTH: usize = 64;

/// Longer blocks would not stay in the processor's caches.
const LONGEST: usize = 1 << 15;

impl<F: Kept> Window<F> {
    /// Takes many items, a column each of their numbers, and writes what `view` makes of each window, NaN while there is
    /// none: as [`push`](Self::push) on each.
    pub(crate) fn run<const M: usize, const K: usize>(
        &mut self,
        columns: [&[f64]; K],
        mut outs: [&mut [f64]; M],
        view: impl View<F, M, K>,
    ) where
        F: Wide<K, Of<f64> = F>,
    {
        let rows = outs.iter().map(|out| out.len()).fold(usize::MAX, usize::min);
        let rows = columns.iter().map(|column| column.len()).fold(rows, usize::min);
        let columns = columns.map(|column| &column[..rows]);
        let mut row = 0;
        while row < rows {
            if self.at == 0 && self.filled && self.values.len() > 1 {
                let outs = outs.each_mut().map(|out| &mut out[row..rows]);
                row += self.blocks(columns.map(|column| &column[row..]), outs, view);
                if row == rows {
                    return;
                }
            }
            let item = F::Item::of(columns.map(|column| column[row]));
            let numbers = self.push(item).map_or([f64::NAN; M], |window| view.of(window));
            for (out, number) in outs.iter_mut().zip(numbers) {
                out[row] = number;
            }
            row += 1;
        }
    }

    /// Takes whole blocks, from the beginning of one; how many items those are.
    #[inline(always)]
    fn blocks<V: View<F, M, K>, const M: usize, const K: usize>(
        &mut self,
        columns: [&[f64]; K],
        outs: [&mut [f64]; M],
        view: V,
    ) -> usize
    where
        F: Wide<K, Of<f64> = F>,
    {
        let (period, rows) = (self.values.len(), columns.map(<[f64]>::len)[0]);
        if (cfg!(target_family = "wasm") && V::NATIVE) || rows < WORTH || period > LONGEST {
            return 0;
        }
        let before = &self.values[..];
        let taken = widest(Blocks::<F, _, M, K> { before, columns, outs, view });
        if taken > 0 {
            for (at, value) in self.values.iter_mut().enumerate() {
                *value = F::Item::of(columns.map(|column| column[taken - period + at]));
            }
            self.turn(self.values[period - 1]);
        }
        taken
    }
}

/// The series is cut into as many parts as there are lanes, each of whole blocks.
struct Blocks<'a, F: Kept, V, const M: usize, const K: usize> {
    /// The block before.
    before: &'a [F::Item],
    columns: [&'a [f64]; K],
    outs: [&'a mut [f64]; M],
    view: V,
}

/// The fold of vectors, and its items.
type Lanes<F, T, const K: usize> = <F as Wide<K>>::Of<T>;
type LaneItem<F, T, const K: usize> = <Lanes<F, T, K> as Fold>::Item;

impl<F: Wide<K, Of<f64> = F>, V: View<F, M, K>, const M: usize, const K: usize> Kernel for Blocks<'_, F, V, M, K> {
    /// How many items were taken.
    type Out = usize;

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> usize {
        let Self { before, columns, outs, view } = self;
        let period = before.len();
        let blocks = columns[0].len() / (N * period);
        let part = blocks * period;
        if blocks == 0 {
            return 0;
        }
        let zero = isa.splat(0.0);
        let nothing = LaneItem::<F, I::Vector, K>::of([zero; K]);
        let mut block = vec![nothing; period];
        // The tail behind the last value is of nothing; what is made of it is not kept.
        let mut tails = vec![Lanes::<F, I::Vector, K>::one(nothing); period + 1];
        let mut rows = [[&columns[0][..part]; N]; K];
        for column in 0..K {
            for lane in 0..N {
                rows[column][lane] = &columns[column][lane * part..][..part];
            }
        }
        // The blocks before the parts.
        for at in 0..period {
            let (first, mut numbers) = (before[at].numbers(), [zero; K]);
            for column in 0..K {
                let mut lanes = [first[column]; N];
                for lane in 1..N {
                    lanes[lane] = columns[column][lane * part + at - period];
                }
                numbers[column] = isa.pack(lanes);
            }
            block[at] = LaneItem::<F, I::Vector, K>::of(numbers);
        }
        let mut outs = outs.map(|out| split::<N>(out, part));
        let mut anchor = block[period - 1];
        fold_tails(&block, anchor, anchor, &mut tails);

        // Columns are read and written `N` at a time, but for those that are left over.
        let tiled = period / N * N;
        let whole = period as f64;
        for start in (0..part).step_by(period) {
            let (mut head, mut count) = (Lanes::<F, I::Vector, K>::one(nothing), 0.0);
            let mut tile = [[zero; N]; M];
            for at in (0..tiled).step_by(N) {
                let mut read = [[zero; N]; K];
                for column in 0..K {
                    read[column] = isa.columns(&rows[column], start + at);
                }
                let tails = &tails[at + 1..][..N];
                for place in 0..N {
                    let mut numbers = [zero; K];
                    for column in 0..K {
                        numbers[column] = read[column][place];
                    }
                    let item = LaneItem::<F, I::Vector, K>::of(numbers);
                    block[at + place] = item;
                    let seen = Lanes::<F, I::Vector, K>::seen(item, anchor);
                    head = if place == 0 && at == 0 {
                        Lanes::<F, I::Vector, K>::one(seen)
                    } else {
                        head.append(seen, count)
                    };
                    count += 1.0;
                    let fold = tails[place].join(whole - count, head);
                    let numbers = view.of(Folded { fold, anchor });
                    for output in 0..M {
                        tile[output][place] = numbers[output];
                    }
                }
                if at + N < period {
                    for output in 0..M {
                        isa.put_columns(tile[output], &mut outs[output], start + at);
                    }
                }
            }
            for at in tiled..period {
                let mut numbers = [zero; K];
                for column in 0..K {
                    let mut lanes = [0.0; N];
                    for lane in 0..N {
                        lanes[lane] = rows[column][lane][start + at];
                    }
                    numbers[column] = isa.pack(lanes);
                }
                let item = LaneItem::<F, I::Vector, K>::of(numbers);
                block[at] = item;
                let seen = Lanes::<F, I::Vector, K>::seen(item, anchor);
                head = if at == 0 { Lanes::<F, I::Vector, K>::one(seen) } else { head.append(seen, count) };
                count += 1.0;
                let numbers = view.of(Folded { fold: tails[at + 1].join(whole - count, head), anchor });
                for output in 0..M {
                    put_column(isa.unpack(numbers[output]), &mut outs[output], start + at);
                }
            }
            // The newest item's window is the block itself.
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
            let taken = run(Blocks { before, columns: [values], outs: [&mut out], view });
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
