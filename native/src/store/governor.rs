//! Keeps the write-ahead log short: has it copied into the database beside the writer, and before it grows past its
//! ceiling copies it whoever waits.
//!
//! The log can only start over when no reader needs its old pages. A reader older than the limit is given up once
//! the log is past its ceiling: its statements fail with [`ErrorKind::Busy`](atra_core::ErrorKind::Busy).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use atra_core::{Error, ErrorKind, Result};
use rusqlite::Connection;

use super::StoreOptions;
use super::copier::Copier;
use super::failure::sql_error;
use super::readers::Readers;
use super::stats::Counters;

/// Copied beside the writer from this many pages on (4 MiB). Rarer copying copies a page that changed many times only
/// once, but then takes longer and, where processes write without syncs, has more to sync at once.
const COPIED_AT: i64 = 1024;

/// While others write, a copy never reaches the log's end, and only then can the log start over. So the writer copies
/// the rest itself when the log is this long, as soon as the rest is a small part of it.
const RESTART_AT: i64 = 4 * COPIED_AT;
const SMALL_PART: i64 = 8;

/// Looked at after this many groups, or after one that took as long as this.
const GROUPS: u32 = 16;
const LONG_GROUP: Duration = Duration::from_millis(20);

/// How long starting the log over waits for readers.
const READERS_MAY_TAKE: Duration = Duration::from_millis(250);

pub(super) struct Governor {
    pub(super) readers: Arc<Readers>,
    /// In pages of 4 KiB.
    pub(super) ceiling: i64,
    pub(super) reader_age: Duration,
    pub(super) busy_timeout: Duration,
    groups: AtomicU32,
    log: Log,
    copier: Copier,
}

/// The log's file, to see that it is still the one that is written to.
struct Log {
    path: PathBuf,
    identity: Option<u64>,
}

impl Log {
    fn new(database: &Path) -> Self {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        let path = PathBuf::from(path);
        Self { identity: identity(&path), path }
    }

    fn was_deleted(&self) -> bool {
        identity(&self.path) != self.identity
    }
}

/// What tells a file from another one of the same name.
#[cfg(unix)]
fn identity(path: &Path) -> Option<u64> {
    std::os::unix::fs::MetadataExt::ino(&std::fs::metadata(path).ok()?).into()
}

/// An open file cannot be deleted there.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<u64> {
    None
}

impl Governor {
    pub(super) fn new(readers: Arc<Readers>, database: &Path, options: &StoreOptions) -> Self {
        let ceiling = i64::try_from(options.wal_ceiling / 4096).unwrap_or(i64::MAX).max(COPIED_AT);
        Self {
            readers,
            ceiling,
            reader_age: options.reader_age,
            busy_timeout: options.busy_timeout,
            groups: AtomicU32::new(0),
            log: Log::new(database),
            copier: Copier::new(database),
        }
    }

    /// Waits for a copy under way: after this the writer's connection is the only one that can write.
    pub(super) fn stop(&self) {
        self.copier.finish();
    }

    /// Counts a group; whether it is time to [`look`](Self::look).
    pub(super) fn group_ended(&self, started: Instant) -> bool {
        let groups = self.groups.fetch_add(1, Ordering::Relaxed) + 1;
        let is_due = groups >= GROUPS || started.elapsed() >= LONG_GROUP || self.copier.has_ended();
        if is_due {
            self.groups.store(0, Ordering::Relaxed);
        }
        is_due
    }

    /// Copies what should be copied, or has it copied. Fails when the log is no longer where a restart would find it.
    pub(super) fn look(&self, conn: &Connection, counters: &Counters) -> Result<()> {
        if self.log.was_deleted() {
            // It is still open, so what it holds can be saved; what follows could not. Only one can copy at a time.
            self.copier.finish();
            let is_saved = checkpoint(conn, "TRUNCATE").map_err(sql_error)? == (0, 0);
            let what =
                if is_saved { "is saved" } else { "may be lost: somebody read or copied it just then" };
            return Err(Error::new(
                ErrorKind::Io,
                format!("its write-ahead log was deleted by somebody (what was acknowledged {what})"),
            ));
        }
        self.govern(conn, counters);
        Ok(())
    }

    fn govern(&self, conn: &Connection, counters: &Counters) {
        let Ok((log, copied)) = checkpoint(conn, "NOOP") else { return };
        counters.wal_pages.set(log);
        let left = log - copied;
        // At its end the log starts over by itself with the next write.
        let can_end = log >= RESTART_AT && (1..log / SMALL_PART).contains(&left) && !self.copier.is_copying();
        if log < self.ceiling && !can_end {
            if left >= COPIED_AT && self.copier.start() {
                counters.checkpoints.add(1);
            }
            return;
        }
        self.copier.finish();
        counters.checkpoints.add(1);
        let Ok((log, copied)) = checkpoint(conn, "PASSIVE") else { return };
        counters.wal_pages.set(log);
        if log < self.ceiling {
            return;
        }
        #[cfg(feature = "tracing")]
        tracing::warn!(pages = log, left = log - copied, "the write-ahead log is past its ceiling");
        if copied < log {
            // Somebody still reads what was overwritten since.
            let given_up = self.readers.give_up_older_than(self.reader_age);
            counters.readers_given_up.add(given_up);
            #[cfg(feature = "tracing")]
            tracing::warn!(given_up, "readers kept the write-ahead log from starting over");
        }
        // Waits for readers a moment, then starts the log over from nothing. Who writes waits as well.
        let _ = conn.busy_timeout(READERS_MAY_TAKE);
        if let Ok((log, _)) = checkpoint(conn, "TRUNCATE") {
            counters.wal_pages.set(log);
        }
        let _ = conn.busy_timeout(self.busy_timeout);
    }
}

/// Pages in the log, and how many of them are in the database already.
fn checkpoint(conn: &Connection, mode: &str) -> rusqlite::Result<(i64, i64)> {
    conn.prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))?
        .query_row([], |row| Ok((row.get(1)?, row.get(2)?)))
}
