//! The one thread that writes: it takes whatever waits, commits it as one transaction, and only then tells.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use atra_core::{Error, ErrorKind, Result};
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use super::failure::sql_error;
use super::health::{CLOSED, Health};
use super::request::{Request, panic_text};
use super::stats::Counters;
use super::version::Version;

/// The most writes in one transaction: past it nothing is gained, and the first in it would wait for the last.
const GROUP: usize = 512;

/// How often an idle writer looks whether another process changed the database; a busy one looks before every
/// group. So a cached result can miss such a change for this long, or for as long as one group takes.
const IDLE_TICK: Duration = Duration::from_millis(200);

/// Surrounds a request that can fail half-way. Not for callers: the authorizer refuses them the name.
const SAVEPOINT: &str = "atra_request";

pub(super) struct Writer {
    conn: Connection,
    health: Arc<Health>,
    version: Arc<Version>,
    counters: Arc<Counters>,
    /// Whether a caller's code is running, which may not end the transaction it shares with others.
    in_request: Arc<AtomicBool>,
    data_version: i64,
    /// Here and not in a local, so that a panic of the writer finds its reason recorded before the tickets of
    /// the group learn of it.
    group: Vec<Box<dyn Request>>,
}

impl Writer {
    pub(super) fn new(
        conn: Connection,
        health: Arc<Health>,
        version: Arc<Version>,
        counters: Arc<Counters>,
    ) -> Result<Self> {
        let in_request = Arc::new(AtomicBool::new(false));
        let guard = Arc::clone(&in_request);
        conn.authorizer(Some(move |context: AuthContext<'_>| {
            if guard.load(Ordering::Relaxed) { authorize(&context.action) } else { Authorization::Allow }
        }))
        .map_err(sql_error)?;
        let data_version = data_version(&conn).map_err(sql_error)?;
        let group = Vec::with_capacity(GROUP);
        Ok(Self { conn, health, version, counters, in_request, data_version, group })
    }

    /// The thread: until the queue has no senders left and is empty, or until it can write no more.
    pub(super) fn serve(mut self, queue: Receiver<Box<dyn Request>>) {
        self.health.this_is_the_writer();
        let reason = match catch_unwind(AssertUnwindSafe(|| self.run(&queue))) {
            Ok(Ok(())) => CLOSED.to_owned(),
            Ok(Err(error)) => format!("the store's writer stopped: {error}; open the store again"),
            Err(panic) => {
                format!("the store's writer panicked ({}); open the store again", panic_text(&*panic))
            }
        };
        self.health.stop(reason);
        // Everything still queued is dropped from here on, which tells each ticket the reason.
        drop(queue);
    }

    fn run(&mut self, queue: &Receiver<Box<dyn Request>>) -> Result<()> {
        loop {
            match queue.recv_timeout(IDLE_TICK) {
                Ok(request) => self.group.push(request),
                Err(RecvTimeoutError::Timeout) => {
                    self.notice_others();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            // Only what already waits: a lone writer is never delayed, and while one group commits the next
            // one gathers.
            self.group.extend(queue.try_iter().take(GROUP - 1));
            self.commit_group()?;
        }
        // A suggestion to SQLite's planner; the store closes as well without it.
        let _ = self.conn.execute_batch("PRAGMA optimize");
        Ok(())
    }

    /// Commits the group and settles every request in it. Fails when the connection is of no more use.
    fn commit_group(&mut self) -> Result<()> {
        self.notice_others();
        let outcome = self.transact();
        if outcome.is_err() && !self.conn.is_autocommit() {
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        let failed = match &outcome {
            Ok(failed) => *failed,
            Err(error) => {
                self.counters.busy.add(usize::from(error.kind() == ErrorKind::Busy));
                self.group.len()
            }
        };
        self.counters.groups.add(usize::from(outcome.is_ok()));
        self.counters.largest_group.at_least(self.group.len());
        self.counters.writes.add(self.group.len() - failed);
        self.counters.failed.add(failed);
        for request in self.group.drain(..) {
            // Wakers and destructors are the caller's code.
            let _ = catch_unwind(AssertUnwindSafe(|| request.settle(outcome.as_ref().err())));
        }
        if self.conn.is_autocommit() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Database, "a transaction could be neither committed nor rolled back"))
    }

    /// Runs the group in one transaction; how many of it failed alone, or the error by which all of it failed.
    fn transact(&mut self) -> Result<usize> {
        let execute = |sql: &str| self.conn.execute_batch(sql).map_err(sql_error);
        execute("BEGIN IMMEDIATE")?;
        let alone = self.group.len() == 1;
        let mut failed = 0;
        for request in &mut self.group {
            // A closure can run only once and may fail after its third statement, so in company it gets a
            // savepoint. Alone it has the transaction, and single statements SQLite undoes itself.
            let guarded = !alone && !request.is_statement();
            if guarded {
                execute(&format!("SAVEPOINT {SAVEPOINT}"))?;
            }
            self.in_request.store(true, Ordering::Relaxed);
            let outcome = request.run(&self.conn);
            self.in_request.store(false, Ordering::Relaxed);
            if self.conn.is_autocommit() {
                // A full disk or an I/O error undoes the whole transaction; to go on would commit the rest of
                // the group statement by statement.
                let (kind, cause) = match outcome {
                    Err(error) => (error.kind(), error.to_string()),
                    Ok(()) => (ErrorKind::Database, "a closure ended it".to_owned()),
                };
                return Err(Error::new(kind, format!("the transaction was rolled back: {cause}")));
            }
            match outcome {
                Ok(()) if guarded => execute(&format!("RELEASE {SAVEPOINT}"))?,
                Ok(()) => {}
                Err(error) if alone => return Err(error),
                Err(_) => {
                    failed += 1;
                    if guarded {
                        execute(&format!("ROLLBACK TO {SAVEPOINT}; RELEASE {SAVEPOINT}"))?;
                    }
                }
            }
        }
        self.version
            .while_committing(|| execute("COMMIT"))
            .map_err(|error| error.context("the commit failed and was rolled back"))?;
        Ok(failed)
    }

    /// Moves the version on when another process committed since the last look.
    fn notice_others(&mut self) {
        let now = data_version(&self.conn);
        if now.as_ref().is_ok_and(|now| *now == self.data_version) {
            return;
        }
        // Not knowing counts as a change.
        self.data_version = now.unwrap_or(self.data_version);
        self.counters.external.add(1);
        self.version.changed_elsewhere();
    }
}

/// Changes when another connection commits, not when this one does; SQLite looks each time it is asked outside
/// a transaction.
fn data_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}

/// What a caller's code may not do to the transaction it shares: end it, or make its commit fail for everybody
/// by a check put off until then.
fn authorize(action: &AuthAction<'_>) -> Authorization {
    match action {
        AuthAction::Transaction { .. } | AuthAction::Attach { .. } | AuthAction::Detach { .. } => {
            Authorization::Deny
        }
        AuthAction::Pragma { pragma_name, pragma_value: Some(_) }
            if pragma_name.eq_ignore_ascii_case("defer_foreign_keys") =>
        {
            Authorization::Deny
        }
        AuthAction::Savepoint { savepoint_name, .. } if savepoint_name.eq_ignore_ascii_case(SAVEPOINT) => {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }
}
