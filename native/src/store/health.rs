//! Whether the store still works; once it does not, every call says why.

use std::sync::OnceLock;
use std::thread::{self, ThreadId};

use atra_core::{Error, ErrorKind, Result};

/// Set once, never cleared: a store that stopped does not come back by itself.
#[derive(Debug, Default)]
pub(super) struct Health {
    stopped: OnceLock<String>,
    writer: OnceLock<ThreadId>,
}

impl Health {
    /// Records that the calling thread is the writer.
    pub(super) fn this_is_the_writer(&self) {
        let _ = self.writer.set(thread::current().id());
    }

    /// Records why the store stopped; the first reason stays.
    pub(super) fn stop(&self, reason: impl Into<String>) {
        let _ = self.stopped.set(reason.into());
    }

    /// The error of a call that comes too late.
    pub(super) fn error(&self) -> Error {
        Error::new(ErrorKind::Closed, self.stopped.get().map_or(CLOSED, String::as_str))
    }

    /// Fails once the store has stopped.
    pub(super) fn check(&self) -> Result<()> {
        if self.stopped.get().is_some() { Err(self.error()) } else { Ok(()) }
    }

    /// Whether the store stopped by itself, not because it was asked to.
    pub(super) fn died(&self) -> bool {
        self.stopped.get().is_some_and(|reason| reason != CLOSED)
    }

    pub(super) fn on_writer(&self) -> bool {
        self.writer.get() == Some(&thread::current().id())
    }

    /// Fails on the writer thread, which would wait for itself for ever.
    pub(super) fn refuse_on_writer(&self, call: &str) -> Result<()> {
        if self.on_writer() {
            return Err(Error::new(
                ErrorKind::Parameter,
                format!("`{call}` was called inside a write; use the connection the closure was given"),
            ));
        }
        Ok(())
    }
}

/// The reason when nothing went wrong.
pub(super) const CLOSED: &str = "the store is closed";

/// The lock, whether or not a thread panicked while holding it: what we guard is valid between statements.
pub(super) fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
