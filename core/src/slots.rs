//! Lists of which a bar changes one value.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{Ordering, compiler_fence};

use crate::stored::{Misfit, Reader, Stored};

/// What has been written since the last [`take`](Self::take).
///
/// A bar mostly writes one place; when it has written more, all places count as written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    /// How many times, [`ALL`](Self::ALL) or more once that is no longer counted.
    times: usize,
    last: usize,
}

impl Written {
    /// Too many writes to name their places. Far from where counting would begin anew.
    const ALL: usize = usize::MAX / 4;

    /// Anything may have been.
    pub(crate) const fn all() -> Self {
        Self { times: Self::ALL, last: 0 }
    }

    /// This place.
    #[inline(always)]
    pub(crate) fn at(&mut self, place: usize) {
        self.times += 1;
        self.last = place;
    }

    /// What has been written on either side; nothing has been since.
    #[inline(always)]
    pub(crate) fn take(&mut self, other: &mut Self) -> Places {
        let places = match self.times + other.times {
            0 => Places::None,
            1 => Places::One(if self.times == 1 { self.last } else { other.last }),
            _ => Places::All,
        };
        (self.times, other.times) = (0, 0);
        places
    }
}

/// Places of a list.
pub(crate) enum Places {
    None,
    One(usize),
    All,
}

/// A list of a fixed length that knows which of its values were written, so that another which was like it can be made so
/// again by copying these ([`sync`](Stored::sync)).
///
/// What is written through the slice counts as written everywhere; [`set`](Self::set) writes one value.
#[derive(Debug)]
pub(crate) struct Slots<T> {
    values: Box<[T]>,
    written: Written,
}

impl<T: Copy> Slots<T> {
    /// So many times this value.
    pub(crate) fn new(value: T, length: usize) -> Self {
        repeated(value, length).into()
    }

    /// Writes a value, if there is such a place.
    #[inline(always)]
    pub(crate) fn set(&mut self, place: usize, value: T) {
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
            self.written.at(place);
        }
    }

    /// Counts everything as written.
    #[inline]
    pub(crate) fn touch(&mut self) {
        self.written = Written::all();
    }

    /// Becomes what the other is, everywhere.
    #[inline]
    pub(crate) fn copy(&mut self, other: &Self) {
        copy(&mut self.values, &other.values);
    }

    /// As [`sync`](Stored::sync), where at most one place has been written; false, and nothing is copied, where more have.
    #[inline(always)]
    pub(crate) fn sync_one(&mut self, other: &mut Self) -> bool {
        match self.written.take(&mut other.written) {
            Places::None => true,
            Places::One(place) => {
                if let (Some(to), Some(from)) = (self.values.get_mut(place), other.values.get(place)) {
                    *to = *from;
                }
                true
            }
            Places::All => false,
        }
    }
}

/// So many times this value. Not `vec!`: zeroed memory, which it would ask for, is slower to get than to write.
pub(crate) fn repeated<T: Clone>(value: T, length: usize) -> Vec<T> {
    let mut values = Vec::with_capacity(length);
    values.resize(length, value);
    values
}

impl<T> From<Vec<T>> for Slots<T> {
    fn from(values: Vec<T>) -> Self {
        Self { values: values.into(), written: Written::all() }
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> Deref for Slots<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        &self.values
    }
}

impl<T> DerefMut for Slots<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        self.written = Written::all();
        &mut self.values
    }
}

impl<T: Clone> Clone for Slots<T> {
    fn clone(&self) -> Self {
        Self { values: self.values.clone(), written: Written::all() }
    }
}

/// Without the length, which parameters fix.
impl<T: Stored + Copy> Stored for Slots<T> {
    fn save(&self, to: &mut Vec<u8>) {
        self.values.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.deref_mut().load(from)
    }

    #[inline(always)]
    fn sync(&mut self, other: &mut Self) {
        if !self.sync_one(other) {
            self.copy(other);
        }
    }
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

    /// Two lists that were alike are alike again after each round of writes to one or both, however they were written.
    #[test]
    fn what_was_written_on_either_side_is_copied() {
        let (mut one, mut other) = (Slots::new(0_i64, 4), Slots::new(0, 4));
        let mut next = 0;
        let mut value = || {
            next += 1;
            next
        };
        for round in 0_u32..4_u32.pow(4) {
            let digit = |place: u32| (round / 4_u32.pow(place)) as usize % 4;
            let list = if round % 3 == 0 { &mut other } else { &mut one };
            for place in (0..3).take(digit(0)) {
                list.set(digit(1 + place), value());
            }
            match digit(3) {
                0 => list[digit(1)] = value(),
                1 if round % 5 == 0 => *list = list.clone(),
                2 if round % 5 == 0 => other.set(digit(2), value()),
                _ => {}
            }
            let wanted = if round % 2 == 0 {
                one.sync(&mut other);
                other.to_vec()
            } else {
                let wanted = one.to_vec();
                other.sync(&mut one);
                wanted
            };
            assert_eq!(one[..], wanted, "round {round}");
            assert_eq!(other[..], wanted, "round {round}");
        }
        one.set(4, 1); // no such place
        assert_eq!(one[..], other[..]);
    }
}
