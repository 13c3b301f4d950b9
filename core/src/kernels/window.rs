//! A sliding window folded in constant amortised time without ever subtracting.
//!
//! The window is the tail of the previous block of `period` values plus the head of the current one. For the
//! previous block the folds of all its tails are kept, for the current block one running fold of its head, so
//! the fold of the window is one [`join`](Fold::join). A value that leaves the window is simply not in the next
//! tail: no rounding error outlives the window that made it, and a spike is forgotten one window later.
//! (The two-stack queue of Tangwongsan, Hirzel, Schneider, "Low-latency sliding-window aggregation", 2017.)
//!
//! Folds that are sums see each value as its distance from `anchor`, the last value of the previous block,
//! which keeps sums of squares accurate when the values are large and close together, and makes a flat series
//! give exact results.

use crate::slots::Slots;
use crate::stored::{Misfit, Reader, Stored};

/// One bar's value, or several.
pub(crate) trait Item: Copy + Stored {
    const ZERO: Self;
    /// As a distance from `anchor`.
    fn distance(self, anchor: Self) -> Self;
}

impl Item for f64 {
    const ZERO: Self = 0.0;
    #[inline(always)]
    fn distance(self, anchor: Self) -> Self {
        self - anchor
    }
}

impl Item for [f64; 2] {
    const ZERO: Self = [0.0; 2];
    #[inline(always)]
    fn distance(self, anchor: Self) -> Self {
        [self[0] - anchor[0], self[1] - anchor[1]]
    }
}

/// What a window computes over its values.
pub(crate) trait Fold: Copy + Stored {
    /// What it is computed from.
    type Item: Item;
    /// Whether values are seen as distances from the anchor, as sums must.
    const CENTERED: bool;
    /// The fold of one value.
    fn one(value: Self::Item) -> Self;
    /// With `value` before all others.
    fn prepend(self, value: Self::Item) -> Self;
    /// With `value` after the `count` others (a whole number, as arithmetic wants it).
    fn append(self, value: Self::Item, count: f64) -> Self;
    /// Of these `count` values and the newer ones after them.
    fn join(self, count: f64, newer: Self) -> Self;
}

/// A full window: its fold, and the value that the fold's numbers are distances from (0 unless centered).
#[derive(Clone, Copy)]
pub(crate) struct Folded<F: Fold> {
    pub(crate) fold: F,
    pub(crate) anchor: F::Item,
}

/// The last `period` values, folded.
#[derive(Clone, Debug)]
pub(crate) struct Window<F: Fold> {
    /// Values of the current block at `..at`; the rest is left over from the previous one.
    values: Slots<F::Item>,
    /// Folds of the previous block's tails, `tails[i]` over its values `i..`.
    tails: Slots<F>,
    /// Fold of the current block's values.
    head: Option<F>,
    anchor: F::Item,
    /// How many values the current block has, less than the period.
    at: usize,
    /// Whether there was a previous block.
    filled: bool,
}

impl<F: Fold> Window<F> {
    /// An empty window; a period of 0 counts as 1.
    #[inline(never)] // once an indicator: nothing to gain
    pub(crate) fn new(period: usize) -> Self {
        let period = period.max(1);
        Self {
            values: Slots::new(F::Item::ZERO, period),
            tails: Slots::new(F::one(F::Item::ZERO), period),
            head: None,
            anchor: F::Item::ZERO,
            at: 0,
            filled: false,
        }
    }

    /// Takes the next value; the fold of the last `period` values once there are so many.
    #[inline]
    pub(crate) fn push(&mut self, value: F::Item) -> Option<Folded<F>> {
        let period = self.values.len();
        if F::CENTERED && !self.filled && self.at == 0 {
            self.anchor = value;
        }
        let (at, seen) = (self.at, self.seen(value));
        self.values.set(at, value);
        let head = match self.head {
            Some(head) => head.append(seen, at as f64),
            None => F::one(seen),
        };
        self.at = at + 1;
        if self.at == period {
            return Some(self.turn(value));
        }
        self.head = Some(head);
        let fold = self.tails[self.at].join((period - self.at) as f64, head);
        self.filled.then_some(Folded { fold, anchor: self.anchor })
    }

    /// Takes many values and writes what `map` makes of each window, `none` while there is none: as
    /// [`push`](Self::push) on each, without asking for each whether the window is full and the block complete.
    #[inline(always)]
    pub(crate) fn run<R>(
        &mut self,
        mut values: &[F::Item],
        mut out: &mut [R],
        none: impl Fn() -> R,
        map: impl Fn(Folded<F>) -> R,
    ) {
        let period = self.values.len();
        loop {
            if self.at == 0 && self.filled && period > 1 {
                let whole = values.len().min(out.len()) / period * period;
                let (blocks, later) = values.split_at(whole);
                let (outs, out_later) = out.split_at_mut(whole);
                self.blocks(blocks, outs, &map);
                (values, out) = (later, out_later);
            }
            let Some((&first, rest)) = values.split_first() else { return };
            let one = self.push(first).map_or_else(&none, &map);
            let Some((to, out_rest)) = out.split_first_mut() else { return };
            *to = one;
            // What is left of the block, but for its last value: that turns it.
            let take = if self.at == 0 { 0 } else { rest.len().min(period - 1 - self.at) };
            let (block, later) = rest.split_at(take);
            let (out_block, out_later) = out_rest.split_at_mut(take.min(out_rest.len()));
            (values, out) = (later, out_later);
            let Some(mut head) = self.head else { continue };
            let (at, anchor) = (self.at, self.anchor);
            let tails = &self.tails[at + 1..];
            let rows = block.iter().zip(self.values[at..].iter_mut()).zip(tails).zip(out_block);
            let (mut count, whole) = (at as f64, period as f64);
            for (((&value, kept), tail), out) in rows {
                *kept = value;
                head = head.append(if F::CENTERED { value.distance(anchor) } else { value }, count);
                count += 1.0;
                *out = if self.filled {
                    map(Folded { fold: tail.join(whole - count, head), anchor })
                } else {
                    none()
                };
            }
            self.at += take;
            self.head = Some(head);
        }
    }

    /// Takes whole blocks, from the beginning of one.
    #[inline(always)]
    fn blocks<R>(&mut self, values: &[F::Item], out: &mut [R], map: impl Fn(Folded<F>) -> R) {
        let period = self.values.len();
        let seen = |value: F::Item, anchor: F::Item| if F::CENTERED { value.distance(anchor) } else { value };
        for (block, out) in values.chunks_exact(period).zip(out.chunks_exact_mut(period)) {
            let ([first, middle @ .., newest], [out_first, out_middle @ .., out_newest]) = (block, out)
            else {
                return;
            };
            let anchor = self.anchor;
            let mut head = F::one(seen(*first, anchor));
            let (mut count, whole) = (1.0, period as f64);
            let mut tails = self.tails[1..].iter();
            if let Some(tail) = tails.next() {
                *out_first = map(Folded { fold: tail.join(whole - count, head), anchor });
            }
            for ((value, tail), out) in middle.iter().zip(tails).zip(out_middle) {
                head = head.append(seen(*value, anchor), count);
                count += 1.0;
                *out = map(Folded { fold: tail.join(whole - count, head), anchor });
            }
            self.anchor = if F::CENTERED { *newest } else { anchor };
            let fold = Self::fold_tails(&mut self.tails, block, self.anchor);
            *out_newest = map(Folded { fold, anchor: self.anchor });
        }
        if let Some(last) = values.rchunks_exact(period).next() {
            self.values.copy_from_slice(last);
        }
    }

    /// The current block is full and becomes the previous one. Its own fold is the fold of the window.
    #[inline(never)] // once a block: what comes every bar stays small
    fn turn(&mut self, newest: F::Item) -> Folded<F> {
        self.anchor = if F::CENTERED { newest } else { self.anchor };
        let fold = Self::fold_tails(&mut self.tails, &self.values, self.anchor);
        self.head = None;
        self.at = 0;
        self.filled = true;
        Folded { fold, anchor: self.anchor }
    }

    /// The folds of a block's tails, the last of which is its own.
    #[inline(always)]
    fn fold_tails(tails: &mut [F], block: &[F::Item], anchor: F::Item) -> F {
        let seen = |value: F::Item| if F::CENTERED { value.distance(anchor) } else { value };
        let mut pairs = tails.iter_mut().zip(block).rev();
        let Some((last, newest)) = pairs.next() else { return F::one(F::Item::ZERO) };
        let mut fold = F::one(seen(*newest));
        *last = fold;
        for (tail, value) in pairs {
            fold = fold.prepend(seen(*value));
            *tail = fold;
        }
        fold
    }

    #[inline(always)]
    fn seen(&self, value: F::Item) -> F::Item {
        if F::CENTERED { value.distance(self.anchor) } else { value }
    }
}

impl<F: Fold> Stored for Window<F> {
    fn save(&self, to: &mut Vec<u8>) {
        self.values.save(to);
        self.tails.save(to);
        self.anchor.save(to);
        self.at.save(to);
        self.filled.save(to);
        if let Some(head) = self.head {
            head.save(to);
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.values.load(from)?;
        self.tails.load(from)?;
        self.anchor.load(from)?;
        self.at.load(from)?;
        self.filled.load(from)?;
        if self.at >= self.values.len() {
            return Err(Misfit);
        }
        self.head = None;
        if self.at > 0 {
            let mut head = F::one(F::Item::ZERO);
            head.load(from)?;
            self.head = Some(head);
        }
        Ok(())
    }

    #[inline]
    fn sync(&mut self, other: &mut Self) {
        self.values.sync(&mut other.values);
        self.tails.sync(&mut other.tails);
        (self.head, self.anchor, self.at, self.filled) = (other.head, other.anchor, other.at, other.filled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{Deviations, Highest, Lowest, Sum, Weighted};
    use crate::num;

    /// The last `period` values folded the obvious way.
    fn naive(values: &[f64], period: usize) -> [f64; 5] {
        let window = &values[values.len() - period..];
        let n = period as f64;
        let mean = window.iter().sum::<f64>() / n;
        let variance = window.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        let weighted = window.iter().zip(1..).map(|(x, weight)| x * f64::from(weight)).sum::<f64>();
        let highest = window.iter().copied().fold(f64::MIN, num::max);
        let lowest = window.iter().copied().fold(f64::MAX, num::min);
        [mean, num::sqrt(variance), weighted / (n * (n + 1.0) / 2.0), highest, lowest]
    }

    /// Small whole numbers and one spike: after it has left, the window is as exact as before it came.
    #[test]
    fn windows_equal_the_obvious_fold_and_forget_a_spike() {
        let mut seed = 1_u32;
        let mut values: Vec<f64> = (0..500)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f64::from(seed >> 24)
            })
            .collect();
        values[200] = 1e15;
        for period in [1, 2, 3, 7, 64] {
            let (mut mean, mut deviation) = (Window::<Sum>::new(period), Window::<Deviations>::new(period));
            let mut weighted = Window::<Weighted>::new(period);
            let (mut highest, mut lowest) = (Window::<Highest>::new(period), Window::<Lowest>::new(period));
            for end in 1..=values.len() {
                let x = values[end - 1];
                let folded = [
                    mean.push(x).map(|window| window.mean(period)),
                    deviation.push(x).map(|window| window.mean_and_deviation(period).1),
                    weighted.push(x).map(|window| window.weighted_mean(period)),
                    highest.push(x).map(|window| window.fold.0),
                    lowest.push(x).map(|window| window.fold.0),
                ];
                if end < period {
                    assert_eq!(folded, [None; 5]);
                    continue;
                }
                let spike = (201..201 + period).contains(&end);
                for (ours, expected) in folded.into_iter().zip(naive(&values[..end], period)) {
                    let allowed = if spike { 1e-12 * 1e15 } else { 1e-12 * 256.0 };
                    let error = (ours.unwrap() - expected).abs();
                    assert!(error <= allowed, "period {period}, end {end}: {ours:?}, expected {expected}");
                }
            }
        }
    }

    #[test]
    fn a_window_is_loaded_into_one_of_its_period_only() {
        let mut saved = Vec::new();
        let mut window = Window::<Sum>::new(2);
        for value in [1.0, 2.0, 4.0] {
            window.push(value);
        }
        window.save(&mut saved);
        let load = |bytes: &[u8], period: usize| {
            let (mut window, mut from) = (Window::<Sum>::new(period), Reader::new(bytes));
            window.load(&mut from)?;
            from.end().map(|()| window)
        };
        let mut loaded = load(&saved, 2).unwrap();
        assert_eq!(loaded.push(5.0).map(|window| window.sum(2)), Some(9.0));
        assert!(load(&saved, 1).is_err());
        assert!(load(&saved, 3).is_err());
        // How many values the block has stands behind two values, two tails and the anchor.
        for at in [0, 2, u8::MAX] {
            let mut bad = saved.clone();
            bad[40] = at;
            assert!(load(&bad, 2).is_err(), "{at}");
        }
    }
}
