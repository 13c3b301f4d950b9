//! Connections that only read: opened when needed, never more than the bound, handed back after use.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use atra_core::{Error, ErrorKind, Result};
use rusqlite::Connection;

use super::failure::{Failure, sql_error};
use super::health::{Health, lock};
use super::stats::Counters;
use super::{StoreOptions, connect};

pub(super) struct Readers {
    path: PathBuf,
    options: StoreOptions,
    health: Arc<Health>,
    counters: Arc<Counters>,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Connection>,
    /// Open connections, idle or lent.
    open: usize,
    closed: bool,
}

thread_local! {
    /// The stores (by the address of their pool) from which this thread has borrowed a connection.
    static BORROWED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

impl Readers {
    pub(super) fn new(
        path: PathBuf,
        options: StoreOptions,
        health: Arc<Health>,
        counters: Arc<Counters>,
    ) -> Self {
        Self { path, options, health, counters, pool: Mutex::default(), returned: Condvar::new() }
    }

    /// Runs `work` in one read transaction: all its statements see the same state.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T> {
        let loan = self.borrow()?;
        let outcome = loan.conn().and_then(|conn| {
            let transaction = conn.unchecked_transaction().map_err(sql_error)?;
            work(&transaction).map_err(Error::from)
        });
        if outcome.as_ref().is_err_and(|error| error.kind() == ErrorKind::Busy) {
            self.counters.busy.add(1);
        }
        outcome
    }

    /// Closes what is idle; what is lent is closed when it comes back.
    pub(super) fn close(&self) {
        let mut pool = lock(&self.pool);
        pool.closed = true;
        let idle = std::mem::take(&mut pool.idle);
        pool.open -= idle.len();
        drop(pool);
        self.returned.notify_all();
    }

    fn id(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    fn borrow(&self) -> Result<Loan<'_>> {
        // With every connection lent to threads that ask for a second one, nobody would ever get it.
        if BORROWED.with_borrow(|borrowed| borrowed.contains(&self.id())) {
            return Err(Error::new(
                ErrorKind::Parameter,
                "a read was begun inside a read; use the connection the closure was given",
            ));
        }
        let conn = self.connection()?;
        BORROWED.with_borrow_mut(|borrowed| borrowed.push(self.id()));
        Ok(Loan { readers: self, conn: Some(conn) })
    }

    fn connection(&self) -> Result<Connection> {
        let mut pool = lock(&self.pool);
        loop {
            self.health.check()?;
            if pool.closed {
                return Err(self.health.error());
            }
            if let Some(conn) = pool.idle.pop() {
                return Ok(conn);
            }
            if pool.open < self.options.readers {
                pool.open += 1;
                break;
            }
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        drop(pool);
        let opened = connect::reader(&self.path, &self.options);
        match opened {
            Ok(_) => self.counters.connections.add(1),
            Err(_) => self.forget_one(),
        }
        opened
    }

    fn forget_one(&self) {
        lock(&self.pool).open -= 1;
        self.returned.notify_one();
    }

    fn give_back(&self, conn: Connection) {
        let mut pool = lock(&self.pool);
        if pool.closed || !conn.is_autocommit() {
            pool.open -= 1;
        } else {
            pool.idle.push(conn);
        }
        drop(pool);
        self.returned.notify_one();
    }
}

/// A lent connection; goes back even when the borrower panics.
struct Loan<'a> {
    readers: &'a Readers,
    conn: Option<Connection>,
}

impl Loan<'_> {
    fn conn(&self) -> Result<&Connection> {
        self.conn.as_ref().ok_or_else(|| self.readers.health.error())
    }
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        BORROWED.with_borrow_mut(|borrowed| borrowed.retain(|id| *id != self.readers.id()));
        if let Some(conn) = self.conn.take() {
            self.readers.give_back(conn);
        }
    }
}
