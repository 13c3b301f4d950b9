//! A bounded cache of query results: least recently used out first, with a byte budget and a time to live.
//!
//! Freshness does not come from here: every entry carries the state of its tables it was read at, and is served
//! while they are in exactly that state. Size and time to live only keep the cache small.

use std::borrow::Borrow;
use std::hash::Hash;
use std::time::Duration;

use lru::LruCache;

use super::tables::{Stamp, Tables};

/// How much a [`Cache`] may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Budget {
    pub(super) entries: usize,
    pub(super) bytes: usize,
    pub(super) time_to_live: Duration,
}

/// What a [`Cache`] did and holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CacheStats {
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) entries: usize,
    pub(super) bytes: usize,
}

pub(super) struct Cache<K, V> {
    entries: LruCache<K, Entry<V>>,
    budget: Budget,
    stats: CacheStats,
}

struct Entry<V> {
    value: V,
    stamp: Stamp,
    bytes: usize,
    /// On the clock of the caller.
    expires: Duration,
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    pub(super) fn new(budget: Budget) -> Self {
        Self { entries: LruCache::unbounded(), budget, stats: CacheStats::default() }
    }

    /// The value stored under `key`, while its tables are still as they were and its time is not over.
    pub(super) fn get<Q>(&mut self, key: &Q, tables: &Tables, now: Duration) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let fresh = |entry: &&Entry<V>| tables.is_at(entry.stamp) && now < entry.expires;
        let value = self.entries.get(key).filter(fresh).map(|entry| entry.value.clone());
        let count = if value.is_some() { &mut self.stats.hits } else { &mut self.stats.misses };
        *count += 1;
        value
    }

    /// Stores a value of about `bytes`, and drops the least recently used until all fit.
    ///
    /// A value bigger than the whole budget, or older than the one already there, is not stored.
    pub(super) fn put(&mut self, key: K, value: V, stamp: Stamp, bytes: usize, now: Duration) {
        if bytes > self.budget.bytes || self.budget.entries == 0 {
            return;
        }
        if self.entries.peek(&key).is_some_and(|entry| stamp.is_older_than(entry.stamp)) {
            return;
        }
        let expires = now.saturating_add(self.budget.time_to_live);
        if let Some(old) = self.entries.put(key, Entry { value, stamp, bytes, expires }) {
            self.stats.bytes -= old.bytes;
        }
        self.stats.bytes += bytes;
        while self.stats.bytes > self.budget.bytes || self.entries.len() > self.budget.entries {
            let Some((_, old)) = self.entries.pop_lru() else { break };
            self.stats.bytes -= old.bytes;
        }
    }

    pub(super) fn stats(&self) -> CacheStats {
        CacheStats { entries: self.entries.len(), ..self.stats }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::USERS;
    use super::*;

    const NOW: Duration = Duration::from_secs(100);

    struct Fixture {
        cache: Cache<&'static str, i32>,
        tables: Tables,
    }

    impl Fixture {
        fn new(entries: usize, bytes: usize) -> Self {
            let time_to_live = Duration::from_secs(10);
            Self { cache: Cache::new(Budget { entries, bytes, time_to_live }), tables: Tables::default() }
        }

        fn put(&mut self, key: &'static str, value: i32, bytes: usize) {
            let stamp = self.tables.stamp(USERS).unwrap();
            self.cache.put(key, value, stamp, bytes, NOW);
        }

        fn get(&mut self, key: &'static str) -> Option<i32> {
            self.cache.get(&key, &self.tables, NOW)
        }
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let mut at = Fixture::new(2, 100);
        at.put("a", 1, 1);
        at.put("b", 2, 1);
        assert_eq!(at.get("a"), Some(1));
        at.put("c", 3, 1);
        assert_eq!([at.get("a"), at.get("b"), at.get("c")], [Some(1), None, Some(3)]);
        assert_eq!(at.cache.stats(), CacheStats { hits: 3, misses: 1, entries: 2, bytes: 2 });
    }

    #[test]
    fn bytes_stay_within_the_budget() {
        let mut at = Fixture::new(10, 100);
        at.put("a", 1, 60);
        at.put("b", 2, 40);
        at.put("huge", 9, 101);
        assert_eq!(at.cache.stats().bytes, 100);
        at.put("a", 3, 61);
        assert_eq!((at.cache.stats().bytes, at.cache.stats().entries), (61, 1));
        assert_eq!(at.get("a"), Some(3));
    }

    #[test]
    fn another_state_or_a_late_hour_is_a_miss() {
        let mut at = Fixture::new(10, 100);
        at.put("a", 1, 1);
        assert_eq!(at.cache.get(&"a", &at.tables, NOW + Duration::from_secs(9)), Some(1));
        assert_eq!(at.cache.get(&"a", &at.tables, NOW + Duration::from_secs(10)), None);
        let Fixture { cache, tables } = &mut at;
        tables.while_committing(USERS.with(USERS), || assert_eq!(cache.get(&"a", tables, NOW), None));
        at.put("a", 1, 1);
        at.tables.changed_elsewhere();
        assert_eq!(at.get("a"), None);
    }

    #[test]
    fn a_slow_reader_does_not_replace_what_is_newer() {
        let mut at = Fixture::new(10, 100);
        let old = at.tables.stamp(USERS).unwrap();
        at.tables.while_committing(USERS, || ());
        at.put("a", 6, 1);
        at.cache.put("a", 4, old, 1, NOW);
        assert_eq!(at.get("a"), Some(6));
    }
}
