//! Lists that are written in turns, a place a bar.

use std::sync::atomic::{Ordering, compiler_fence};

use crate::stored::{Misfit, Reader, Stored};

/// Whose turn it is: which place of a list is written next.
///
/// The place in the lower half, above it how often the end has come since the list was last copied as a whole: 0 until it has
/// been, since nothing else is known to be like it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn(u64);

impl Turn {
    /// The first place, once the list has been copied as a whole.
    const KNOWN: u64 = 1 << 32;

    /// Of a list that nothing is like.
    pub(crate) const fn new(at: usize) -> Self {
        Self(at as u64 % Self::KNOWN)
    }

    /// The place that is written next.
    #[inline(always)]
    pub(crate) fn at(self) -> usize {
        (self.0 % Self::KNOWN) as usize
    }

    /// The next place of so many; whether it is the first again.
    #[inline(always)]
    pub(crate) fn next(&mut self, places: usize) -> bool {
        self.0 += 1;
        let ends = self.at() >= places;
        if ends {
            self.0 = if self.0 < Self::KNOWN { 0 } else { (self.0 | (Self::KNOWN - 1)).wrapping_add(1) };
        }
        ends
    }

    /// Becomes the other, whose list was like its own at most a bar ago: the one place they may differ in. `None`, and
    /// nothing has happened, if that is not known or either has come to its end since.
    #[inline(always)]
    pub(crate) fn sync(&mut self, other: Self) -> Option<usize> {
        let (Self(ours), Self(theirs)) = (*self, other);
        if ours < Self::KNOWN || theirs.wrapping_sub(ours).wrapping_add(1) > 2 {
            return None;
        }
        *self = other;
        Some(Self(ours.min(theirs)).at())
    }

    /// Becomes the other, all of whose list has been copied.
    pub(crate) fn copy(&mut self, other: &mut Self) {
        if other.0 < Self::KNOWN {
            other.0 += Self::KNOWN;
        }
        *self = *other;
    }
}

/// A list of a fixed length of which each bar writes one place, the next.
#[derive(Clone, Debug)]
pub(crate) struct Ring<T> {
    values: Box<[T]>,
    turn: Turn,
}

impl<T: Copy> Ring<T> {
    /// So many times this value.
    pub(crate) fn new(value: T, length: usize) -> Self {
        Self { values: repeated(value, length).into(), turn: Turn::new(0) }
    }

    /// All places.
    #[inline(always)]
    pub(crate) fn values(&self) -> &[T] {
        &self.values
    }

    /// Which is written next.
    #[inline(always)]
    pub(crate) fn at(&self) -> usize {
        self.turn.at()
    }

    /// Writes the next place; whether that was the last one.
    #[inline(always)]
    pub(crate) fn push(&mut self, value: T) -> bool {
        if let Some(place) = self.values.get_mut(self.turn.at()) {
            *place = value;
        }
        self.turn.next(self.values.len())
    }

    /// Writes the next place, which is not the last one.
    #[inline(always)]
    pub(crate) fn put(&mut self, value: T) {
        if let Some(place) = self.values.get_mut(self.turn.at()) {
            *place = value;
        }
        self.turn.0 += 1;
    }

    /// Writes the next places, as many as there are up to the last; whether that was written.
    #[inline(always)]
    pub(crate) fn extend(&mut self, values: impl Iterator<Item = T>) -> bool {
        let mut at = self.turn.at();
        for (place, value) in self.values.iter_mut().skip(at).zip(values) {
            *place = value;
            at += 1;
        }
        let ends = at >= self.values.len();
        self.turn = Turn::new(if ends { 0 } else { at });
        ends
    }

    /// Becomes what the other is, as [`Stored::sync`]; whether all was copied: so it is where either has come to its end.
    #[inline(always)]
    pub(crate) fn sync(&mut self, other: &mut Self) -> bool {
        let Some(place) = self.turn.sync(other.turn) else {
            self.turn.copy(&mut other.turn);
            copy(&mut self.values, &other.values);
            return true;
        };
        if let (Some(to), Some(from)) = (self.values.get_mut(place), other.values.get(place)) {
            *to = *from;
        }
        false
    }
}

/// Without the length, which parameters fix.
impl<T: Stored + Copy> Ring<T> {
    pub(crate) fn save(&self, to: &mut Vec<u8>) {
        self.values.save(to);
        self.turn.at().save(to);
    }

    pub(crate) fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.values.load(from)?;
        let mut at = 0_usize;
        at.load(from)?;
        self.turn = Turn::new(at);
        if at < self.values.len().max(1) { Ok(()) } else { Err(Misfit) }
    }
}

/// So many times this value. Not `vec!`: zeroed memory, which it would ask for, is slower to get than to write.
pub(crate) fn repeated<T: Clone>(value: T, length: usize) -> Vec<T> {
    let mut values = Vec::with_capacity(length);
    values.resize(length, value);
    values
}

/// Makes a list what another of its length is. Where a bar has written everywhere, which is rare: out of the way.
#[cold]
#[inline(never)]
pub(crate) fn copy<T: Copy>(to: &mut [T], from: &[T]) {
    if cfg!(target_family = "wasm") && from.len() <= 16 {
        // Engines copy memory by a call that costs more than a short copy. The fence keeps the compiler from making that
        // call of this loop.
        for (to, from) in to.iter_mut().zip(from) {
            *to = *from;
            compiler_fence(Ordering::SeqCst);
        }
    } else if to.len() == from.len() {
        to.copy_from_slice(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list and the one before its last bar, as streams have them: whatever has come between, the two are alike after
    /// each [`sync`](Ring::sync), every place of them.
    #[test]
    fn what_was_written_on_either_side_is_copied() {
        for length in 1..5 {
            let (mut state, mut before) = (Ring::new(0_u32, length), Ring::new(0, length));
            let (mut value, mut seed) = (0, 1_u32);
            for round in 0..20_000 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let what = seed >> 28;
                match what {
                    0 | 1 => state = Ring::new(round, length), // a gap after which it begins anew
                    2 => _ = state.extend(std::iter::repeat_n(round, seed as usize >> 20 & 7)),
                    _ => {}
                }
                match what {
                    1..4 => {
                        // Many bars at once.
                        for _ in 0..(seed >> 20) % 9 {
                            value += 1;
                            state.push(value);
                        }
                    }
                    4..8 => {
                        state.sync(&mut before); // the last bar again
                        assert_eq!(
                            (state.values(), state.at()),
                            (before.values(), before.at()),
                            "round {round}"
                        );
                    }
                    _ => {}
                }
                if (4..8).contains(&what) {
                    value += 1;
                    state.push(value);
                    continue;
                }
                before.sync(&mut state); // the next bar
                assert_eq!((state.values(), state.at()), (before.values(), before.at()), "round {round}");
                if what != 15 {
                    value += 1;
                    state.push(value); // but for a gap
                }
            }
        }
    }
}
