//! Which state of which tables a cached result belongs to.
//!
//! Every table has a counter that is odd while a commit that touches it is under way and moves on with every such
//! commit. A reader takes the [`stamp`](Tables::stamp) of the tables it will read *before* it begins. While one of
//! them is odd there is none, and the reader neither looks up nor stores. Whatever it reads afterwards is at least
//! as new as the stamp, so a result stored under it is never older than a commit acknowledged before it; and since
//! a commit moves its counters before it becomes visible, nobody who saw the new state can be served the old one.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::health::lock;

/// Counters there are. Tables past the last share it, which costs hits, never freshness.
const SLOTS: u32 = u64::BITS;

/// A set of tables, one bit a counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TableSet(u64);

impl TableSet {
    pub(super) const NONE: Self = Self(0);
    pub(super) const ALL: Self = Self(u64::MAX);

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn slots(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let slot = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            slot
        })
    }
}

/// One state of some tables. Counters only grow, so equal sums mean that none of them moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    tables: TableSet,
    sum: u64,
}

impl Stamp {
    /// Whether it is of the same tables and older.
    pub(super) fn is_older_than(self, other: Self) -> bool {
        self.tables == other.tables && self.sum < other.sum
    }
}

#[derive(Debug)]
pub(super) struct Tables {
    slots: Mutex<HashMap<String, u32>>,
    counters: [AtomicU64; SLOTS as usize],
}

impl Default for Tables {
    fn default() -> Self {
        let known = STORE_TABLES.iter().zip(0..).map(|(name, slot)| ((*name).to_owned(), slot)).collect();
        Self { slots: Mutex::new(known), counters: [const { AtomicU64::new(0) }; SLOTS as usize] }
    }
}

/// The tables of the store itself, whose slots are known beforehand.
const STORE_TABLES: [&str; 6] = ["users", "user_data", "symbols", "candle_rows", "candle_chunks", "signals"];

pub(super) const USERS: TableSet = TableSet(1);
pub(super) const USER_DATA: TableSet = TableSet(1 << 1);
pub(super) const SYMBOLS: TableSet = TableSet(1 << 2);
pub(super) const CANDLES: TableSet = TableSet(1 << 3 | 1 << 4);
pub(super) const SIGNALS: TableSet = TableSet(1 << 5);

impl Tables {
    /// The set of one table, known from now on.
    pub(super) fn named(&self, name: &str) -> TableSet {
        let mut slots = lock(&self.slots);
        let next = u32::try_from(slots.len()).unwrap_or(u32::MAX).min(SLOTS - 1);
        let slot = *slots.entry(name.to_ascii_lowercase()).or_insert(next);
        TableSet(1 << slot)
    }

    /// The state of the tables, unless a commit to one of them is under way.
    pub(super) fn stamp(&self, tables: TableSet) -> Option<Stamp> {
        let (mut sum, mut odd) = (0_u64, 0);
        for slot in tables.slots() {
            let counter = self.counters.get(slot).map_or(1, |counter| counter.load(Ordering::SeqCst));
            sum = sum.wrapping_add(counter);
            odd |= counter & 1;
        }
        (odd == 0).then_some(Stamp { tables, sum })
    }

    /// Whether the stamp's tables are exactly as they were.
    pub(super) fn is_at(&self, stamp: Stamp) -> bool {
        self.stamp(stamp.tables) == Some(stamp)
    }

    /// Between the two moves the commit may become visible at any moment.
    pub(super) fn while_committing<T>(&self, tables: TableSet, commit: impl FnOnce() -> T) -> T {
        self.advance(tables, 1);
        let outcome = commit();
        self.advance(tables, 1);
        outcome
    }

    /// Somebody else changed the database, nobody knows where.
    pub(super) fn changed_elsewhere(&self) {
        self.advance(TableSet::ALL, 2);
    }

    fn advance(&self, tables: TableSet, by: u64) {
        for counter in tables.slots().filter_map(|slot| self.counters.get(slot)) {
            counter.fetch_add(by, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_tables_of_a_commit_move() {
        let tables = Tables::default();
        let (mine, other) = (tables.named("Mine"), tables.named("other"));
        assert_eq!(tables.named("MINE"), mine);
        assert_ne!(mine, other);
        let (both, before) = (mine.with(other), tables.stamp(mine).unwrap());
        let elsewhere = tables.stamp(other).unwrap();
        tables.while_committing(mine, || {
            assert_eq!((tables.stamp(mine), tables.stamp(both)), (None, None));
            assert_eq!(tables.stamp(other), Some(elsewhere));
        });
        assert!(before.is_older_than(tables.stamp(mine).unwrap()));
        assert_eq!(tables.stamp(other), Some(elsewhere));
        tables.changed_elsewhere();
        assert!(elsewhere.is_older_than(tables.stamp(other).unwrap()));
    }

    #[test]
    fn the_store_knows_its_own_tables() {
        let tables = Tables::default();
        assert_eq!(tables.named("users"), USERS);
        assert_eq!(tables.named("user_data"), USER_DATA);
        assert_eq!(tables.named("symbols"), SYMBOLS);
        assert_eq!(tables.named("candle_rows").with(tables.named("candle_chunks")), CANDLES);
        assert_eq!(tables.named("signals"), SIGNALS);
    }

    #[test]
    fn very_many_tables_share_the_last_counter() {
        let tables = Tables::default();
        let names: Vec<String> = (0..100).map(|i| format!("t{i}")).collect();
        let sets: Vec<TableSet> = names.iter().map(|name| tables.named(name)).collect();
        assert_eq!(sets[99], sets[98]);
        let before = tables.stamp(sets[99]).unwrap();
        tables.while_committing(sets[98], || ());
        assert!(before.is_older_than(tables.stamp(sets[99]).unwrap()));
    }
}
