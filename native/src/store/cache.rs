//! A bounded cache of query results: least recently used out first, with a byte budget and a time to live.
//!
//! Freshness does not come from here: every entry carries the version of the database it was read at, and is
//! served to callers of exactly that version. Size and time to live only keep the cache small.

use std::hash::Hash;
use std::time::{Duration, Instant};

use lru::LruCache;

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
    version: u64,
    bytes: usize,
    expires: Option<Instant>,
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    pub(super) fn new(budget: Budget) -> Self {
        Self { entries: LruCache::unbounded(), budget, stats: CacheStats::default() }
    }

    /// The value stored under `key` at this version, unless its time is over.
    pub(super) fn get(&mut self, key: &K, version: u64, now: Instant) -> Option<V> {
        let fresh = |entry: &&Entry<V>| entry.version == version && entry.expires.is_none_or(|end| now < end);
        let value = self.entries.get(key).filter(fresh).map(|entry| entry.value.clone());
        let count = if value.is_some() { &mut self.stats.hits } else { &mut self.stats.misses };
        *count += 1;
        value
    }

    /// Stores a value of about `bytes`, and drops the least recently used until all fit.
    ///
    /// A value bigger than the whole budget, or older than the one already there, is not stored.
    pub(super) fn put(&mut self, key: K, value: V, version: u64, bytes: usize, now: Instant) {
        if bytes > self.budget.bytes || self.budget.entries == 0 {
            return;
        }
        if self.entries.peek(&key).is_some_and(|entry| entry.version > version) {
            return;
        }
        let expires = now.checked_add(self.budget.time_to_live);
        if let Some(old) = self.entries.put(key, Entry { value, version, bytes, expires }) {
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
    use super::*;

    fn cache(entries: usize, bytes: usize) -> (Cache<&'static str, i32>, Instant) {
        let time_to_live = Duration::from_secs(10);
        (Cache::new(Budget { entries, bytes, time_to_live }), Instant::now())
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let (mut cache, now) = cache(2, 100);
        cache.put("a", 1, 0, 1, now);
        cache.put("b", 2, 0, 1, now);
        assert_eq!(cache.get(&"a", 0, now), Some(1));
        cache.put("c", 3, 0, 1, now);
        assert_eq!(
            [cache.get(&"a", 0, now), cache.get(&"b", 0, now), cache.get(&"c", 0, now)],
            [Some(1), None, Some(3)]
        );
        assert_eq!(cache.stats(), CacheStats { hits: 3, misses: 1, entries: 2, bytes: 2 });
    }

    #[test]
    fn bytes_stay_within_the_budget() {
        let (mut cache, now) = cache(10, 100);
        cache.put("a", 1, 0, 60, now);
        cache.put("b", 2, 0, 40, now);
        cache.put("huge", 9, 0, 101, now);
        assert_eq!(cache.stats().bytes, 100);
        cache.put("a", 3, 0, 61, now);
        assert_eq!((cache.stats().bytes, cache.stats().entries), (61, 1));
        assert_eq!(cache.get(&"a", 0, now), Some(3));
    }

    #[test]
    fn another_version_or_a_late_hour_is_a_miss() {
        let (mut cache, now) = cache(10, 100);
        cache.put("a", 1, 4, 1, now);
        assert_eq!(cache.get(&"a", 2, now), None);
        assert_eq!(cache.get(&"a", 6, now), None);
        assert_eq!(cache.get(&"a", 4, now + Duration::from_secs(10)), None);
        assert_eq!(cache.get(&"a", 4, now + Duration::from_secs(9)), Some(1));
    }

    #[test]
    fn a_slow_reader_does_not_replace_what_is_newer() {
        let (mut cache, now) = cache(10, 100);
        cache.put("a", 6, 6, 1, now);
        cache.put("a", 4, 4, 1, now);
        assert_eq!(cache.get(&"a", 6, now), Some(6));
    }
}
