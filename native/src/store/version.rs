//! Which state of the database a cached result belongs to.

use std::sync::atomic::{AtomicU64, Ordering};

/// A counter that is odd while a commit is under way and moves on with every commit.
///
/// A reader takes [`stable`](Self::stable) *before* it begins. While it is odd there is none, and the reader
/// neither looks up nor stores. Whatever it reads afterwards is at least as new as that version, so a result
/// stored under it is never older than a commit acknowledged before it; and since a commit makes the counter
/// move before it becomes visible, nobody who saw the new state can be served the old one. One counter for the
/// whole database, not one a table: triggers, cascades and statements of callers' closures cannot be missed.
#[derive(Debug, Default)]
pub(super) struct Version(AtomicU64);

impl Version {
    pub(super) fn stable(&self) -> Option<u64> {
        let version = self.0.load(Ordering::SeqCst);
        version.is_multiple_of(2).then_some(version)
    }

    /// Between the two calls the commit may become visible at any moment.
    pub(super) fn while_committing<T>(&self, commit: impl FnOnce() -> T) -> T {
        self.0.fetch_add(1, Ordering::SeqCst);
        let outcome = commit();
        self.0.fetch_add(1, Ordering::SeqCst);
        outcome
    }

    /// Somebody else changed the database.
    pub(super) fn changed_elsewhere(&self) {
        self.0.fetch_add(2, Ordering::SeqCst);
    }
}
