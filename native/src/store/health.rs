//! Whether the store still works; once it does not, every call says why.

use std::cell::RefCell;
use std::sync::OnceLock;

use atra_core::{Error, ErrorKind, Result};

/// Set once, never cleared: a store that stopped does not come back by itself.
#[derive(Debug, Default)]
pub(super) struct Health {
    stopped: OnceLock<String>,
}

thread_local! {
    /// The stores (by the address of their health) whose code runs a caller's closure on this thread, and
    /// whether it is a write.
    static INSIDE: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
}

/// While it lives, its thread counts as inside a read or a write of the store.
pub(super) struct Inside(usize);

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.with_borrow_mut(|inside| {
            if let Some(last) = inside.iter().rposition(|(store, _)| *store == self.0) {
                inside.remove(last);
            }
        });
    }
}

impl Health {
    fn id(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    /// Marks this thread as inside a write.
    pub(super) fn enter_write(&self) -> Inside {
        INSIDE.with_borrow_mut(|inside| inside.push((self.id(), true)));
        Inside(self.id())
    }

    /// Marks this thread as inside a read; refused inside another one.
    pub(super) fn enter_read(&self) -> Result<Inside> {
        // With every connection lent to threads that ask for a second one, nobody would ever get it.
        if INSIDE.with_borrow(|inside| inside.contains(&(self.id(), false))) {
            return Err(Error::new(
                ErrorKind::Parameter,
                "a read was begun inside a read; use the connection the closure was given",
            ));
        }
        INSIDE.with_borrow_mut(|inside| inside.push((self.id(), false)));
        Ok(Inside(self.id()))
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

    /// Whether this thread runs a write's closure.
    pub(super) fn in_write(&self) -> bool {
        INSIDE.with_borrow(|inside| !inside.is_empty() && inside.contains(&(self.id(), true)))
    }

    /// Fails inside a write, which would wait for itself for ever.
    pub(super) fn refuse_in_write(&self, call: &str) -> Result<()> {
        if self.in_write() {
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
