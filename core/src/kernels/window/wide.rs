//! Many values at a time: several blocks side by side, a lane each.
#![allow(clippy::needless_range_loop)] // an iterator's closures would not have the kernel's vectors

use super::{Fold, Folded, Kept, Numbers, View, Wide, Window, fold_tails, share};
use crate::kernels::arch::{Isa, Kernel, LINE, MOST_LANES, fetch_lanes, is_worth_fetching, split, widest};
use crate::kernels::{bar, parts, parts_mut, rows_of};
use crate::num;
use std::marker::PhantomData;

/// Fewer values are not worth setting up lanes.
const WORTH: usize = 64;

/// So short blocks are kept on the stack: memory would take longer to get than they take to fold.
const SHORT: usize = 32;

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
        let rows = rows_of(&columns, &outs);
        let period = self.period();
        let mut row = 0;
        if !self.filled && self.block.at() == 0 && period <= rows {
            // Nothing comes of the first block but its fold.
            let numbers =
                self.fill(parts(columns, 0..period)).map_or([f64::NAN; M], |window| view.of(window));
            for (out, number) in outs.iter_mut().zip(numbers) {
                out[..period - 1].fill(f64::NAN);
                out[period - 1] = number;
            }
            row = period;
        }
        while row < rows {
            if self.block.at() == 0 && self.filled && period > 1 {
                let before = (row >= period).then(|| parts(columns, row - period..row));
                let outs = parts_mut(&mut outs, row..rows);
                row += self.blocks(before, parts(columns, row..rows), outs, view);
                if row == rows {
                    return;
                }
            }
            row += self.part(parts(columns, row..rows), parts_mut(&mut outs, row..rows), view);
        }
    }

    /// How many of the next items it takes in silence.
    pub(crate) fn silent(&self) -> usize {
        if self.filled { 0 } else { self.period() - 1 - self.block.at() }
    }

    /// Takes the rest of a block, or as much of it as there is, which is an item at least; how many that is.
    fn part<V: View<F, M, K>, const M: usize, const K: usize>(
        &mut self,
        columns: [&[f64]; K],
        mut outs: [&mut [f64]; M],
        view: V,
    ) -> usize
    where
        F: Wide<K, Of<f64> = F>,
    {
        let (at, period) = (self.block.at(), self.period());
        if cfg!(target_family = "wasm") {
            // Code is downloaded there.
            let numbers = self.push(F::Item::of(bar(&columns, 0)));
            for (out, number) in outs.into_iter().zip(numbers.map_or([f64::NAN; M], |window| view.of(window)))
            {
                out[0] = number;
            }
            return 1;
        }
        let rows = columns.iter().map(|column| column.len()).fold(period - at, usize::min);
        let (columns, outs) = (parts(columns, 0..rows), parts_mut(&mut outs, 0..rows));
        let item = |row: usize| F::Item::of(bar(&columns, row));
        let Some(newest) = rows.checked_sub(1).map(item) else { return 0 };
        if at == 0 && F::CENTERED && !self.filled {
            self.anchor = item(0);
        }
        let (filled, anchor, share, tails) = (self.filled, self.anchor, self.share, &self.tails[at..]);
        let mut head = self.head;
        for row in 0..rows {
            let (seen, count) = (F::seen(item(row), anchor), num::count(at + row));
            head = if at + row == 0 { F::one(seen) } else { head.append(seen, count) };
            let fold = tails.get(row + 1).map(|tail| tail.join(num::count(period) - (count + 1.0), head));
            let window = fold.filter(|_| filled).map(|fold| Folded { fold, anchor, share });
            let numbers = window.map_or([f64::NAN; M], |window| view.of(window));
            for output in 0..M {
                outs[output][row] = numbers[output];
            }
        }
        self.head = head;
        if self.block.extend((0..rows).map(item)) {
            self.turn(newest);
            let numbers = self.folded().map_or([f64::NAN; M], |window| view.of(window));
            for output in 0..M {
                outs[output][rows - 1] = numbers[output];
            }
        }
        rows
    }

    /// Takes whole blocks, from the beginning of one; how many items those are. The block `before`, if it is at hand in columns.
    #[inline(always)]
    fn blocks<V: View<F, M, K>, const M: usize, const K: usize>(
        &mut self,
        before: Option<[&[f64]; K]>,
        columns: [&[f64]; K],
        outs: [&mut [f64]; M],
        view: V,
    ) -> usize
    where
        F: Wide<K, Of<f64> = F>,
    {
        let period = self.period();
        if columns[0].len() < WORTH.max(MOST_LANES * period) {
            return 0;
        }
        let kept: [Vec<f64>; K];
        let before = match before {
            Some(before) => before,
            None if cfg!(target_family = "wasm") => return 0, // one block later it is: code is downloaded there
            None => {
                let number = |column: usize| move |item: &F::Item| item.numbers()[column];
                let items = self.block.values();
                kept = std::array::from_fn(|column| items.iter().map(number(column)).collect());
                kept.each_ref().map(Vec::as_slice)
            }
        };
        let Some(blocks) = Blocks::<F, _, M, K>::of(before, columns, outs, view) else { return 0 };
        let (taken, _) = widest(blocks);
        self.fill(parts(columns, taken - period..taken));
        taken
    }

    /// Takes a block; its fold.
    fn fill<const K: usize>(&mut self, columns: [&[f64]; K]) -> Option<Folded<F>>
    where
        F: Wide<K>,
    {
        self.block.extend((0..columns[0].len()).map(|at| F::Item::of(bar(&columns, at))));
        self.turn(F::Item::of(bar(&columns, columns[0].len() - 1)));
        self.folded()
    }
}

/// The series is cut into as many parts as there are lanes, each of whole blocks.
pub(super) struct Blocks<'a, F, V, const M: usize, const K: usize> {
    /// The block before.
    before: [&'a [f64]; K],
    columns: [&'a [f64]; K],
    /// How many items are taken, so many that each part has as many blocks whatever lanes there are.
    taken: usize,
    outs: [&'a mut [f64]; M],
    view: V,
    fold: PhantomData<F>,
}

impl<'a, F, V, const M: usize, const K: usize> Blocks<'a, F, V, M, K> {
    /// As many blocks as there are, of the length of the one `before`; none if that does not pay.
    #[inline(always)]
    pub(super) fn of(
        before: [&'a [f64]; K],
        columns: [&'a [f64]; K],
        outs: [&'a mut [f64]; M],
        view: V,
    ) -> Option<Self> {
        let (rows, period) = (rows_of(&columns, &outs), rows_of(&before, &[]));
        if rows < WORTH || period > LONGEST {
            return None;
        }
        let taken = rows / (MOST_LANES * period) * (MOST_LANES * period);
        (taken > 0).then_some(Self { before, columns, taken, outs, view, fold: PhantomData })
    }
}

/// The fold of vectors, and its items.
type Lanes<F, T, const K: usize> = <F as Wide<K>>::Of<T>;
type LaneItem<F, T, const K: usize> = <Lanes<F, T, K> as Fold>::Item;

impl<F, V, const M: usize, const K: usize> Kernel for Blocks<'_, F, V, M, K>
where
    F: Wide<K, Of<f64> = F>,
    V: View<F, M, K>,
{
    /// How many items were taken, and what is made of the block before.
    type Out = (usize, [f64; M]);

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> Self::Out {
        let Self { before: first_before, columns, taken, outs, view, .. } = self;
        let (period, part) = (first_before[0].len(), taken / N);
        let (zero, share) = (isa.splat(0.0), share(period));
        let nothing = LaneItem::<F, I::Vector, K>::of([zero; K]);
        let none = Lanes::<F, I::Vector, K>::one(nothing);
        // The tail behind the last value is of nothing; what is made of it is not kept.
        let (mut short, mut long);
        let (block, tails) = if period <= SHORT {
            short = ([nothing; SHORT], [none; SHORT + 1]);
            (&mut short.0[..period], &mut short.1[..=period])
        } else {
            long = (vec![nothing; period], vec![none; period + 1]);
            (&mut long.0[..], &mut long.1[..])
        };
        let (mut before, mut rows) = ([[&[][..]; N]; K], [[&[][..]; N]; K]);
        for column in 0..K {
            for lane in 0..N {
                before[column][lane] = match lane {
                    0 => &first_before[column][..period],
                    _ => &columns[column][lane * part - period..][..period],
                };
                rows[column][lane] = &columns[column][lane * part..][..part];
            }
        }
        // Columns are read and written `N` at a time, but for those that are left over.
        let tiled = period / N * N;
        for at in (0..tiled).step_by(N) {
            let mut read = [[zero; N]; K];
            for column in 0..K {
                read[column] = isa.columns(&before[column], at);
            }
            for place in 0..N {
                block[at + place] = item_of::<F, N, I, K>(&read, place);
            }
        }
        for at in tiled..period {
            block[at] = item_at::<F, N, I, K>(isa, &before, at);
        }
        let mut outs = outs.map(|out| split::<N>(out, part));
        let mut anchor = block[period - 1];
        let fold = fold_tails(block, anchor, anchor, tails);
        let first = first::<F, _, N, I, M, K>(isa, view, Folded { fold, anchor, share });

        let whole = num::count(period);
        for start in (0..part).step_by(period) {
            let (mut head, mut count) = (none, 0.0);
            let mut tile = [[zero; N]; M];
            for at in (0..tiled).step_by(N) {
                if is_worth_fetching(part) && at.is_multiple_of(LINE) {
                    fetch_lanes(&rows, &outs, start + at);
                }
                let mut read = [[zero; N]; K];
                for column in 0..K {
                    read[column] = isa.columns(&rows[column], start + at);
                }
                let tails = &tails[at + 1..][..N];
                for place in 0..N {
                    let item = item_of::<F, N, I, K>(&read, place);
                    block[at + place] = item;
                    let seen = Lanes::<F, I::Vector, K>::seen(item, anchor);
                    head = if place == 0 && at == 0 {
                        Lanes::<F, I::Vector, K>::one(seen)
                    } else {
                        head.append(seen, count)
                    };
                    count += 1.0;
                    let fold = tails[place].join(whole - count, head);
                    let numbers = view.of(Folded { fold, anchor, share });
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
                let item = item_at::<F, N, I, K>(isa, &rows, start + at);
                block[at] = item;
                let seen = Lanes::<F, I::Vector, K>::seen(item, anchor);
                head = if at == 0 { Lanes::<F, I::Vector, K>::one(seen) } else { head.append(seen, count) };
                count += 1.0;
                let numbers =
                    view.of(Folded { fold: tails[at + 1].join(whole - count, head), anchor, share });
                for output in 0..M {
                    put_column(isa.unpack(numbers[output]), &mut outs[output], start + at);
                }
            }
            // The newest item's window is the block itself.
            anchor = block[period - 1];
            let fold = fold_tails(block, anchor, anchor, tails);
            let numbers = view.of(Folded { fold, anchor, share });
            for output in 0..M {
                if tiled < period {
                    put_column(isa.unpack(numbers[output]), &mut outs[output], start + period - 1);
                } else {
                    tile[output][N - 1] = numbers[output];
                    isa.put_columns(tile[output], &mut outs[output], start + period - N);
                }
            }
        }
        (taken, first)
    }
}

/// What is made of the first lane's window. Not in browsers, where nobody asks and all would download it.
#[inline(always)]
fn first<F, V, const N: usize, I: Isa<N>, const M: usize, const K: usize>(
    isa: I,
    view: V,
    window: Folded<Lanes<F, I::Vector, K>>,
) -> [f64; M]
where
    F: Wide<K>,
    V: View<F, M, K>,
{
    let mut first = [f64::NAN; M];
    if cfg!(not(target_family = "wasm")) {
        let numbers = view.of(window);
        for output in 0..M {
            first[output] = isa.unpack(numbers[output])[0];
        }
    }
    first
}

/// The items in one place of columns that were read together.
#[inline(always)]
fn item_of<F: Wide<K>, const N: usize, I: Isa<N>, const K: usize>(
    read: &[[I::Vector; N]; K],
    place: usize,
) -> LaneItem<F, I::Vector, K> {
    let mut numbers = [read[0][place]; K];
    for column in 1..K {
        numbers[column] = read[column][place];
    }
    LaneItem::<F, I::Vector, K>::of(numbers)
}

/// The items at one place of each part.
#[inline(always)]
fn item_at<F: Wide<K>, const N: usize, I: Isa<N>, const K: usize>(
    isa: I,
    rows: &[[&[f64]; N]; K],
    at: usize,
) -> LaneItem<F, I::Vector, K> {
    let mut numbers = [isa.splat(0.0); K];
    for column in 0..K {
        let mut lanes = [0.0; N];
        for lane in 0..N {
            lanes[lane] = rows[column][lane][at];
        }
        numbers[column] = isa.pack(lanes);
    }
    LaneItem::<F, I::Vector, K>::of(numbers)
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
    use crate::kernels::{LineEnd, Mean, Places, Share};

    fn bits<const M: usize>(numbers: [f64; M]) -> [u64; M] {
        numbers.map(f64::to_bits)
    }

    /// The bits of whole blocks of this period, and of the windows pushed one by one.
    fn check<F: Wide<K, Of<f64> = F>, const M: usize, const K: usize>(
        period: usize,
        view: impl View<F, M, K>,
    ) {
        let number = |row: usize, column: usize| ((row * 7919 + column * 31) % 1009) as f64 / 7.0;
        let series: [Vec<f64>; K] =
            std::array::from_fn(|column| (0..900).map(|row| number(row, column)).collect());
        let items: Vec<F::Item> =
            (0..900).map(|row| F::Item::of(std::array::from_fn(|column| series[column][row]))).collect();
        let [before, columns] =
            [0..period, period..900].map(|rows| parts(series.each_ref().map(Vec::as_slice), rows));
        let mut window = Window::<F>::new(period);
        let pushed: Vec<_> =
            items.iter().map(|item| window.push(*item).map(|window| bits(view.of::<f64>(window)))).collect();
        #[allow(clippy::type_complexity)] // what a kernel is, once
        let wide = |run: &dyn Fn(Blocks<'_, F, _, M, K>) -> (usize, [f64; M])| {
            let mut outs: [Vec<f64>; M] = std::array::from_fn(|_| vec![f64::NAN; 900 - period]);
            let outs_of = outs.each_mut().map(Vec::as_mut_slice);
            let (taken, first) = run(Blocks::of(before, columns, outs_of, view).unwrap());
            assert_eq!(Some(bits(first)), pushed[period - 1], "period {period}");
            assert!(taken + 5 * period > 900, "{taken}");
            (0..taken).map(|row| bits(std::array::from_fn(|output| outs[output][row]))).collect::<Vec<_>>()
        };
        for rows in [
            wide(&|blocks| widest(blocks)),
            wide(&|blocks| narrowest(blocks)),
            wide(&|blocks| blocks.run(Single)),
        ] {
            for (row, numbers) in rows.into_iter().enumerate() {
                assert_eq!(Some(numbers), pushed[period + row], "period {period}, row {row}");
            }
        }
    }

    #[test]
    fn wide_blocks_give_the_bits_of_single_ones() {
        for period in [2, 3, 4, 5, 7, 8, 14, 20, 33] {
            check(period, Mean());
            check(period, LineEnd(period));
            check(period, Places(period));
            check(period, Share());
        }
    }
}
