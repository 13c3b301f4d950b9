//! A write on its way through the queue.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use atra_core::{Error, ErrorKind, Result};
use rusqlite::Connection;

use super::Durability;
use super::failure::{Failure, repeat};
use super::ticket::{Outcome, Promise};

/// Why a whole group failed, and whether its commit may nevertheless have reached the disk.
pub(super) struct GroupFailure {
    pub(super) error: Error,
    pub(super) unknown: bool,
}

/// What the writer does with a write, whatever it returns.
pub(super) trait Request: Send {
    /// What its acknowledgement must survive.
    fn durability(&self) -> Durability;
    /// Whether it is a single statement of the store's own: SQLite undoes one that fails, so it needs no savepoint.
    fn is_statement(&self) -> bool;
    /// All the statements it may run, if that is known: then SQLite need not report them one by one.
    fn declared(&self) -> Option<&'static [&'static str]>;
    /// Whether it is still wanted. Called once, before `run`.
    fn begin(&self) -> bool;
    /// Does the work, and keeps its result until [`settle`](Self::settle). Called once.
    fn run(&mut self, conn: &Connection) -> Result<()>;
    /// Tells the ticket: the work's own error, else the group's, else its result.
    fn settle(&mut self, group: Option<&GroupFailure>);
}

pub(super) struct Job<T, F> {
    pub(super) work: Option<F>,
    pub(super) result: Option<Result<T>>,
    pub(super) promise: Promise<T>,
    pub(super) durability: Durability,
    pub(super) is_statement: bool,
    pub(super) declared: Option<&'static [&'static str]>,
}

impl<T, F> Request for Job<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, Failure> + Send,
{
    fn durability(&self) -> Durability {
        self.durability
    }

    fn is_statement(&self) -> bool {
        self.is_statement
    }

    fn declared(&self) -> Option<&'static [&'static str]> {
        self.declared
    }

    fn begin(&self) -> bool {
        self.promise.begin()
    }

    fn run(&mut self, conn: &Connection) -> Result<()> {
        let Some(work) = self.work.take() else { return Ok(()) };
        let result = match catch_unwind(AssertUnwindSafe(|| work(conn))) {
            Ok(Ok(_)) if conn.is_autocommit() => {
                Err(Error::new(ErrorKind::Database, "a statement of the write rolled the transaction back"))
            }
            Ok(result) => result.map_err(Error::from),
            Err(panic) => Err(Error::new(
                ErrorKind::Database,
                format!("the closure panicked ({}); nothing of it was stored", panic_text(&*panic)),
            )),
        };
        let outcome = result.as_ref().map(|_| ()).map_err(repeat);
        self.result = Some(result);
        outcome
    }

    fn settle(&mut self, group: Option<&GroupFailure>) {
        let outcome = match (self.result.take(), group) {
            (Some(Err(error)), _) => Outcome::Rejected(error),
            (Some(Ok(_)), Some(GroupFailure { error, unknown: true })) => Outcome::Unknown(repeat(error)),
            (_, Some(GroupFailure { error, .. })) => Outcome::Rejected(repeat(error)),
            (Some(Ok(value)), None) => Outcome::Committed(value),
            // Never run, yet its group committed: it was cancelled, or the promise, dropped, says that the
            // store stopped.
            (None, None) => return,
        };
        self.promise.keep(outcome);
    }
}

/// What a panic said.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
