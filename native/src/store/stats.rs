//! What a store has done so far.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a store has done since it was opened, and what its cache holds; see [`Store::stats`](super::Store::stats).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Connections ever opened: the writer, and readers as they were needed.
    pub connections_opened: u64,
    /// Writes acknowledged.
    pub writes: u64,
    /// Writes that failed; nothing of them was stored.
    pub failed_writes: u64,
    /// Transactions those writes were committed in.
    pub groups: u64,
    /// The most writes one transaction carried.
    pub largest_group: u64,
    /// Calls that gave up waiting for another process's lock.
    pub busy_errors: u64,
    /// Times another process was seen to have changed the database.
    pub external_changes: u64,
    /// Reads served from memory.
    pub cache_hits: u64,
    /// Reads that had to ask the database.
    pub cache_misses: u64,
    /// Results in memory.
    pub cache_entries: u64,
    /// About how many bytes they take.
    pub cache_bytes: u64,
    /// Pages in the write-ahead log when last looked at.
    pub wal_pages: u64,
    /// Times the log was copied into the database.
    pub checkpoints: u64,
    /// Readers that held the log past its ceiling for longer than the limit, and were given up.
    pub readers_given_up: u64,
}

/// The counters the threads share.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) connections: Count,
    pub(super) writes: Count,
    pub(super) failed: Count,
    pub(super) groups: Count,
    pub(super) largest_group: Count,
    pub(super) busy: Count,
    pub(super) external: Count,
    pub(super) wal_pages: Count,
    pub(super) checkpoints: Count,
    pub(super) readers_given_up: Count,
    /// Milliseconds since the store was opened, as of the writer's last tick: exact enough for a cache.
    pub(super) ticks: Count,
}

impl Counters {
    /// The time since the store was opened, late by one tick at most.
    pub(super) fn clock(&self) -> Duration {
        Duration::from_millis(self.ticks.get())
    }
}

#[derive(Debug, Default)]
pub(super) struct Count(AtomicU64);

impl Count {
    pub(super) fn add(&self, n: usize) {
        self.0.fetch_add(n as u64, Ordering::Relaxed);
    }

    pub(super) fn set(&self, n: i64) {
        self.0.store(u64::try_from(n).unwrap_or(0), Ordering::Relaxed);
    }

    pub(super) fn at_least(&self, n: usize) {
        self.0.fetch_max(n as u64, Ordering::Relaxed);
    }

    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
