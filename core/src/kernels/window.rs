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

mod whole;
mod wide;

pub(crate) use whole::windows;

use super::arch::Number;
use crate::num;
use crate::ring::{Ring, copy, repeated};
use crate::stored::{Misfit, Reader, Stored};

/// One bar's value, or several.
pub(crate) trait Item: Copy {
    /// As a distance from `anchor`.
    fn distance(self, anchor: Self) -> Self;
}

impl<T: Number> Item for T {
    #[inline(always)]
    fn distance(self, anchor: Self) -> Self {
        self - anchor
    }
}

impl<T: Number> Item for [T; 2] {
    #[inline(always)]
    fn distance(self, anchor: Self) -> Self {
        [self[0] - anchor[0], self[1] - anchor[1]]
    }
}

/// An item of `K` numbers.
pub(crate) trait Numbers<T, const K: usize>: Item {
    fn of(numbers: [T; K]) -> Self;
    fn numbers(self) -> [T; K];
}

impl<T: Number> Numbers<T, 1> for T {
    #[inline(always)]
    fn of([number]: [T; 1]) -> Self {
        number
    }

    #[inline(always)]
    fn numbers(self) -> [T; 1] {
        [self]
    }
}

impl<T: Number> Numbers<T, 2> for [T; 2] {
    #[inline(always)]
    fn of(numbers: [T; 2]) -> Self {
        numbers
    }

    #[inline(always)]
    fn numbers(self) -> [T; 2] {
        self
    }
}

/// What a window computes over its values.
pub(crate) trait Fold: Copy {
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

    /// As it goes into the fold.
    #[inline(always)]
    fn seen(value: Self::Item, anchor: Self::Item) -> Self::Item {
        if Self::CENTERED { value.distance(anchor) } else { value }
    }
}

/// A fold of numbers that can be kept: what a [`Window`] has.
pub(crate) trait Kept: Fold<Item: Stored + Default> + Stored {}
impl<F: Fold<Item: Stored + Default> + Stored> Kept for F {}

/// A fold of items of `K` numbers that can be computed for several windows at a time, one a lane.
pub(crate) trait Wide<const K: usize = 1>: Kept<Item: Numbers<f64, K>> {
    /// The same fold of other numbers.
    type Of<T: Number>: Fold<Item: Numbers<T, K>>;
}

/// What is made of a full window, `M` numbers; its items are of `K` numbers.
pub(crate) trait View<F: Wide<K>, const M: usize, const K: usize = 1>: Copy {
    fn of<T: Number>(self, window: Folded<F::Of<T>>) -> [T; M];
}

/// A full window: its fold, the value that the fold's numbers are distances from (0 unless centered), and what a mean needs.
#[derive(Clone, Copy)]
pub(crate) struct Folded<F: Fold> {
    pub(crate) fold: F,
    pub(crate) anchor: F::Item,
    /// Of each value, of all: 1 / period.
    pub(crate) share: f64,
}

/// The last `period` values, folded.
///
/// What bars write does not stand beside what is copied with it and they do not write: as a pair, it would have to be waited
/// for.
#[derive(Clone, Debug)]
#[repr(C)]
pub(crate) struct Window<F: Kept> {
    /// The fold of the current block's values, if it has any.
    head: F,
    /// The current block's values, and behind them what is left over from the previous one.
    block: Ring<F::Item>,
    anchor: F::Item,
    /// Folds of the previous block's tails, `tails[i]` over its values `i..`.
    tails: Box<[F]>,
    /// Whether there was a previous block.
    filled: bool,
    /// What the period says: 1 / period, which takes long to compute.
    share: f64,
}

/// Of one value, of so many.
#[inline(always)]
fn share(period: usize) -> f64 {
    1.0 / num::count(period)
}

impl<F: Kept> Window<F> {
    /// An empty window; a period of 0 counts as 1.
    #[inline(never)] // once an indicator: nothing to gain
    pub(crate) fn new(period: usize) -> Self {
        let (period, nothing) = (period.max(1), F::Item::default());
        Self {
            head: F::one(nothing),
            block: Ring::new(nothing, period),
            anchor: nothing,
            tails: repeated(F::one(nothing), period).into(),
            filled: false,
            share: share(period),
        }
    }

    /// How many values it folds.
    #[inline(always)]
    pub(crate) fn period(&self) -> usize {
        self.tails.len()
    }

    /// Takes the next value; the fold of the last `period` values once there are so many.
    #[inline(always)]
    pub(crate) fn push(&mut self, value: F::Item) -> Option<Folded<F>> {
        self.take(value);
        self.folded()
    }

    /// As [`push`](Self::push), mostly without a call: where it is much called.
    #[inline(always)]
    pub(crate) fn push_inlined(&mut self, value: F::Item) -> Option<Folded<F>> {
        if cfg!(target_family = "wasm") {
            self.take_inlined(value);
            return self.folded();
        }
        let at = self.block.at();
        // Neither the first of a block nor the last.
        let (1.., Some(tail)) = (at, self.tails.get(at + 1)) else { return self.push(value) };
        let fold = self.head.append(F::seen(value, self.anchor), num::count(at));
        let window = tail.join(num::count(self.tails.len() - (at + 1)), fold);
        self.head = fold;
        self.block.put(value);
        self.filled.then_some(Folded { fold: window, anchor: self.anchor, share: self.share })
    }

    #[inline(never)]
    fn take(&mut self, value: F::Item) {
        self.take_inlined(value);
    }

    #[inline(always)]
    fn take_inlined(&mut self, value: F::Item) {
        let at = self.block.at();
        if at == 0 {
            if F::CENTERED && !self.filled {
                self.anchor = value;
            }
            self.head = F::one(F::seen(value, self.anchor));
        } else {
            self.head = self.head.append(F::seen(value, self.anchor), num::count(at));
        }
        if self.block.push(value) {
            self.turn(value);
        }
    }

    /// The fold of the last `period` values once there are so many.
    #[inline(always)]
    fn folded(&self) -> Option<Folded<F>> {
        let at = self.block.at();
        let tail = *self.tails.get(at)?; // there is one
        // The first tail is the whole block.
        let fold = if at > 0 { tail.join(num::count(self.tails.len() - at), self.head) } else { tail };
        self.filled.then_some(Folded { fold, anchor: self.anchor, share: self.share })
    }

    /// The current block is full and becomes the previous one.
    #[inline(never)] // once a block: what comes every bar stays small
    fn turn(&mut self, newest: F::Item) {
        self.anchor = if F::CENTERED { newest } else { self.anchor };
        fold_tails(self.block.values(), newest, self.anchor, &mut self.tails);
        self.filled = true;
    }
}

/// The folds of a block's tails; that of the whole block.
#[inline(always)]
fn fold_tails<F: Fold>(block: &[F::Item], newest: F::Item, anchor: F::Item, tails: &mut [F]) -> F {
    let mut fold = F::one(F::seen(newest, anchor));
    let mut pairs = tails.iter_mut().zip(block).rev();
    if let Some((last, _)) = pairs.next() {
        *last = fold;
    }
    for (tail, value) in pairs {
        fold = fold.prepend(F::seen(*value, anchor));
        *tail = fold;
    }
    fold
}

impl<F: Kept> Stored for Window<F> {
    fn save(&self, to: &mut Vec<u8>) {
        self.block.save(to);
        self.tails.save(to);
        self.anchor.save(to);
        self.filled.save(to);
        if self.block.at() > 0 {
            self.head.save(to);
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.block.load(from)?;
        self.tails.load(from)?;
        self.anchor.load(from)?;
        self.filled.load(from)?;
        if self.block.at() > 0 { self.head.load(from) } else { Ok(()) }
    }

    #[cfg_attr(target_family = "wasm", inline(never))] // one a fold is downloaded
    #[cfg_attr(not(target_family = "wasm"), inline)]
    fn sync(&mut self, other: &mut Self) {
        if self.block.sync(&mut other.block) {
            self.copy(other);
        }
        (self.head, self.anchor) = (other.head, other.anchor);
    }
}

impl<F: Kept> Window<F> {
    /// Becomes what the other is where a block has become full.
    #[cold]
    #[inline(never)]
    fn copy(&mut self, other: &Self) {
        copy(&mut self.tails, &other.tails);
        self.filled = other.filled;
    }
}

#[cfg(test)]
mod tests;
