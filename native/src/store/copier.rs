//! Copies the write-ahead log into the database beside the writer, which goes on meanwhile.
//!
//! A copy waits for two syncs; done on the writer's connection, it is the slowest thing that ever happens to those who
//! wait for their acknowledgement. The connection it uses is opened for the copy and closed after it: it copies pages
//! that are committed already, and writes none of its own.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, OpenFlags};

use super::health::lock;

pub(super) struct Copier {
    path: PathBuf,
    copies: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Copier {
    pub(super) fn new(database: &Path) -> Self {
        Self {
            path: database.to_owned(),
            copies: Arc::default(),
            ended: Arc::default(),
            thread: Mutex::default(),
        }
    }

    pub(super) fn is_copying(&self) -> bool {
        self.copies.load(Ordering::Acquire)
    }

    /// Whether a copy has ended since this was last asked.
    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed) && self.ended.swap(false, Ordering::Relaxed)
    }

    /// Begins to copy what is committed now, if it is not copying already. Whether it began.
    pub(super) fn start(&self) -> bool {
        if self.copies.swap(true, Ordering::AcqRel) {
            return false;
        }
        self.finish();
        let (path, copies, ended) = (self.path.clone(), Arc::clone(&self.copies), Arc::clone(&self.ended));
        let started = thread::Builder::new().name("atra-copy".to_owned()).spawn(move || {
            // What could not be copied stays in the log, and the writer notices how long that grows.
            let _ = copy(&path);
            copies.store(false, Ordering::Release);
            ended.store(true, Ordering::Relaxed);
        });
        let Ok(thread) = started else {
            self.copies.store(false, Ordering::Release);
            return false;
        };
        *lock(&self.thread) = Some(thread);
        true
    }

    /// Waits for a copy under way.
    pub(super) fn finish(&self) {
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

fn copy(path: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.pragma_update(None, "query_only", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
}
