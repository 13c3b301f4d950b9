//! All windows of a series, of which nothing is kept.
#![allow(clippy::needless_range_loop)] // several lists at one place

use super::wide::Blocks;
use super::{Folded, Numbers, View, Wide, Window, share};
use crate::kernels::arch::widest;
use crate::kernels::{bar, parts, parts_mut, rows_of};
use crate::num;

/// Room for a block, on the stack; the smaller the sooner at hand. Longer ones are left to a state.
const SHORT: usize = 32;
const LONG: usize = 128;

/// Takes a whole series, and writes what `view` makes of each window, NaN while there is none: as [`Window::run`] of a new
/// one.
pub(crate) fn windows<F, const M: usize, const K: usize>(
    period: usize,
    columns: [&[f64]; K],
    mut outs: [&mut [f64]; M],
    view: impl View<F, M, K>,
) where
    F: Wide<K, Of<f64> = F>,
{
    let rows = rows_of(&columns, &outs);
    if !(2..=LONG).contains(&period) || rows < period {
        Window::<F>::new(period).run(columns, outs, view);
        return;
    }
    let (mut taken, mut first) = (0, None);
    let (before, behind) = (parts(columns, 0..period), parts(columns, period..rows));
    let room = parts_mut(&mut outs, period..rows);
    if let Some(blocks) = Blocks::<F, _, M, K>::of(before, behind, room, view) {
        let (items, numbers) = widest(blocks);
        (taken, first) = (items, Some(numbers));
    }
    if period + taken < rows || first.is_none() {
        let columns = parts(columns, taken..rows);
        let outs = parts_mut(&mut outs, period + taken..rows);
        let rest = if period <= SHORT { rest::<F, _, SHORT, M, K> } else { rest::<F, _, LONG, M, K> };
        let numbers = rest(period, columns, outs, view);
        first = first.or(Some(numbers));
    }
    for (out, number) in outs.iter_mut().zip(first.unwrap_or([f64::NAN; M])) {
        out[..period - 1].fill(f64::NAN);
        out[period - 1] = number;
    }
}

/// Takes what is behind a block, one block after another: while the tails of one are folded, which is waiting for the most part,
/// so is the head of the next. What is made of the first block.
fn rest<F, V, const ROOM: usize, const M: usize, const K: usize>(
    period: usize,
    columns: [&[f64]; K],
    mut outs: [&mut [f64]; M],
    view: V,
) -> [f64; M]
where
    F: Wide<K, Of<f64> = F>,
    V: View<F, M, K>,
{
    let (rows, nothing) = (columns[0].len() - period, F::Item::default());
    let item = |at: usize| F::Item::of(bar(&columns, at));
    let mut first = [f64::NAN; M];
    let (mut tails, mut heads) = ([F::one(nothing); ROOM], [F::one(nothing); ROOM]);
    let (tails, heads) = (&mut tails[..period], &mut heads[..period]);
    let mut start = 0;
    while start <= rows {
        let (end, count) = (start + period, period.min(rows - start));
        let newest = item(end - 1);
        let anchor = if F::CENTERED { newest } else { nothing };
        let mut tail = F::one(F::seen(newest, anchor));
        tails[period - 1] = tail;
        let mut fold_tail = |at: usize| {
            tail = tail.prepend(F::seen(item(end - 1 - at), anchor));
            tails[period - 1 - at] = tail;
        };
        if count > 0 {
            let mut head = F::one(F::seen(item(end), anchor));
            heads[0] = head;
            for at in 1..count {
                head = head.append(F::seen(item(end + at), anchor), num::count(at));
                heads[at] = head;
                fold_tail(at);
            }
        }
        for at in count.max(1)..period {
            fold_tail(at);
        }
        // The newest item's window is the block itself.
        let numbers = view.of(Folded { fold: tail, anchor, share: share(period) });
        if start == 0 {
            first = numbers;
        } else {
            for output in 0..M {
                outs[output][start - 1] = numbers[output];
            }
        }
        let places = parts_mut(&mut outs, start..start + count.min(period - 1));
        put(period, &tails[1..], heads, anchor, places, view);
        start = end;
    }
    first
}

/// Writes what is made of each tail with its head.
#[inline(always)]
fn put<F, V, const M: usize, const K: usize>(
    period: usize,
    tails: &[F],
    heads: &[F],
    anchor: F::Item,
    mut outs: [&mut [f64]; M],
    view: V,
) where
    F: Wide<K, Of<f64> = F>,
    V: View<F, M, K>,
{
    let rows = rows_of(&[], &outs).min(tails.len()).min(heads.len());
    let (tails, heads, outs) = (&tails[..rows], &heads[..rows], parts_mut(&mut outs, 0..rows));
    for at in 0..rows {
        let fold = tails[at].join(num::count(period) - num::count(at + 1), heads[at]);
        let numbers = view.of(Folded { fold, anchor, share: share(period) });
        for output in 0..M {
            outs[output][at] = numbers[output];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{LineEnd, Mean, Places, Share};

    /// The bits of all windows of this period, and of a state's.
    fn check<F: Wide<K, Of<f64> = F>, const M: usize, const K: usize>(
        period: usize,
        view: impl View<F, M, K>,
    ) {
        let number = |row: usize, column: usize| ((row * 7919 + column * 31) % 1009) as f64 / 7.0;
        for rows in (0..140).chain([period, period + 1, 5 * period, 700]) {
            let series: [Vec<f64>; K] =
                std::array::from_fn(|column| (0..rows).map(|row| number(row, column)).collect());
            let [whole, kept] = [true, false].map(|whole| {
                let mut outs: [Vec<f64>; M] = std::array::from_fn(|_| vec![7.0; rows]);
                let columns = series.each_ref().map(Vec::as_slice);
                let places = outs.each_mut().map(Vec::as_mut_slice);
                if whole {
                    windows::<F, M, K>(period, columns, places, view);
                } else {
                    Window::<F>::new(period).run(columns, places, view);
                }
                outs.map(|out| out.into_iter().map(f64::to_bits).collect::<Vec<_>>())
            });
            assert_eq!(whole, kept, "period {period}, {rows} rows");
        }
    }

    #[test]
    fn windows_of_which_nothing_is_kept_give_the_bits_of_kept_ones() {
        for period in [1, 2, 3, 8, 14, 20, 30, 33, 70, 150] {
            check(period, Mean());
            check(period, LineEnd(period));
            check(period, Places(period));
            check(period, Share());
        }
    }
}
