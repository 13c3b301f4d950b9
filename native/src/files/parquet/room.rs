//! Lists that are written where nothing was before, by several threads: given as zeros first, as a safe language asks for,
//! a large frame would be written twice.

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicUsize, Ordering};

use atra_core::Result;

/// Room for so many values, which are written from its beginning on.
pub(super) struct Room<'a, T> {
    places: &'a mut [MaybeUninit<T>],
    filled: usize,
    /// Where the list counts what its parts have, each once no more comes.
    counted: &'a AtomicUsize,
}

impl<T> Room<'_, T> {
    /// How many values it still has room for.
    pub(super) fn left(&self) -> usize {
        self.places.len() - self.filled
    }

    pub(super) fn is_full(&self) -> bool {
        self.left() == 0
    }

    /// Takes values, as long as there is room.
    #[inline]
    pub(super) fn extend(&mut self, values: impl Iterator<Item = T>) {
        let mut filled = 0;
        for (place, value) in self.places[self.filled..].iter_mut().zip(values) {
            place.write(value);
            filled += 1;
        }
        self.filled += filled;
    }
}

impl<T> Drop for Room<'_, T> {
    fn drop(&mut self) {
        self.counted.fetch_add(self.filled, Ordering::Relaxed);
    }
}

/// A list that is written in parts.
pub(super) struct List<T> {
    values: Vec<T>,
    rows: usize,
    filled: AtomicUsize,
}

impl<T: Copy> List<T> {
    /// Of so many values.
    pub(super) fn new(rows: usize) -> Self {
        Self { values: Vec::with_capacity(rows), rows, filled: AtomicUsize::new(0) }
    }

    /// Rooms of these lengths, one behind the other, as far as there is room.
    pub(super) fn rooms(&mut self, lengths: &[usize]) -> Vec<Room<'_, T>> {
        self.filled = AtomicUsize::new(0);
        let (counted, mut left) = (&self.filled, &mut self.values.spare_capacity_mut()[..self.rows]);
        let rooms = lengths.iter().map(|&length| {
            let places = left.split_off_mut(..length.min(left.len())).unwrap_or_default();
            Room { places, filled: 0, counted }
        });
        rooms.collect()
    }

    /// The values, if all parts are full.
    pub(super) fn full(mut self) -> Option<Vec<T>> {
        if *self.filled.get_mut() < self.rows {
            return None;
        }
        // SAFETY: parts do not overlap, and each counts what it has written once; as many as there is room for is all of it.
        unsafe { self.values.set_len(self.rows) };
        Some(self.values)
    }
}

/// Appends what `fill` writes into room for so many values; how many those are.
pub(super) fn append<T: Copy>(
    to: &mut Vec<T>,
    rows: usize,
    fill: impl FnOnce(&mut Room<'_, T>) -> Result<()>,
) -> Result<usize> {
    to.reserve(rows);
    let counted = AtomicUsize::new(0);
    let mut room = Room { places: &mut to.spare_capacity_mut()[..rows], filled: 0, counted: &counted };
    let result = fill(&mut room);
    let filled = room.filled;
    drop(room);
    // SAFETY: so many places behind the last value have been written.
    unsafe { to.set_len(to.len() + filled) };
    result.map(|()| filled)
}

#[cfg(test)]
mod tests {
    use super::{List, append};

    #[test]
    fn a_list_is_there_once_all_its_parts_are_full() {
        let fill = |last: i32, lengths: &[usize]| {
            let mut list = List::new(5);
            let mut rooms = list.rooms(lengths);
            let lengths: Vec<_> = rooms.iter().map(super::Room::left).collect();
            // The last part first, and more than there is room for in the first.
            rooms[1].extend(10..last);
            rooms[0].extend(0..9);
            assert!(rooms[0].is_full());
            drop(rooms);
            (lengths, list.full())
        };
        assert_eq!(fill(99, &[2, 3]), (vec![2, 3], Some(vec![0, 1, 10, 11, 12])));
        assert_eq!(fill(12, &[2, 3]), (vec![2, 3], None));
        assert_eq!(fill(99, &[2, 2]), (vec![2, 2], None));
        assert_eq!(fill(99, &[4, 4]), (vec![4, 1], Some(vec![0, 1, 2, 3, 10])));
        let mut again = List::new(2);
        for _ in 0..2 {
            again.rooms(&[2])[0].extend(0..1);
        }
        assert_eq!(again.full(), None);
    }

    #[test]
    fn what_is_appended_before_a_failure_stays() {
        let mut values = vec![7];
        let extend = |room: &mut super::Room<'_, i32>| {
            room.extend(0..2);
            room.extend(2..9);
            Ok(())
        };
        assert_eq!(append(&mut values, 3, extend).unwrap(), 3);
        let failing = append(&mut values, 3, |room| {
            room.extend(3..4);
            Err(crate::files::parquet::data("no"))
        });
        assert!(failing.is_err());
        assert_eq!(values, [7, 0, 1, 2, 3]);
    }
}
