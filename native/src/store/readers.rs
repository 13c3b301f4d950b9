//! Connections that only read: opened when needed, never more than the bound, handed back after use.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use atra_core::{Error, ErrorKind, Result};
use rusqlite::Connection;

use super::failure::{Failure, sql_error};
use super::health::{Health, Inside, lock};
use super::learn::Guard;
use super::profile::{Counting, Profiler, Watching};
use super::stats::Counters;
use super::{StoreOptions, connect};

pub(super) struct Readers {
    path: PathBuf,
    options: StoreOptions,
    health: Arc<Health>,
    counters: Arc<Counters>,
    profiler: Option<Arc<Profiler>>,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Arc<Reader>>,
    lent: Vec<Arc<Reader>>,
    /// How many of those lent are held by snapshots, which come back when it pleases their owners.
    snapshots: usize,
    /// Connections being opened at the moment.
    opening: usize,
    /// Threads that wait; waking costs a system call, and mostly there are none.
    waiting: usize,
    closed: bool,
}

/// A connection, which the governor may look at while it is lent.
pub(super) struct Reader {
    conn: Mutex<Connection>,
    pub(super) guard: Arc<Guard>,
    limit: Arc<Limit>,
}

/// What stops a statement half-way. Times are nanoseconds since `base`.
struct Limit {
    base: Instant,
    /// When it was lent, on the store's clock.
    since: AtomicU64,
    /// 0 is none.
    deadline: AtomicU64,
    interrupt: Mutex<Option<Interrupt>>,
    /// Whether somebody else can stop it at all.
    watches: AtomicBool,
    given_up: AtomicBool,
}

/// Stops reads from outside: give a clone to [`ReadOptions::interrupt`], and call [`stop`](Self::stop) from any
/// thread.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Stops every read under way that has a clone of this, and every later one.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What may end a read before it is done; the default is nothing.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ReadOptions {
    deadline: Option<Duration>,
    interrupt: Option<Interrupt>,
}

impl ReadOptions {
    /// The read fails with [`ErrorKind::Busy`] when it takes longer, waiting for a connection included.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.deadline = Some(time);
        self
    }

    /// The read fails with [`ErrorKind::Busy`] once the interrupt is stopped.
    pub fn interrupt(mut self, interrupt: &Interrupt) -> Self {
        self.interrupt = Some(interrupt.clone());
        self
    }
}

impl Limit {
    fn now(&self) -> u64 {
        u64::try_from(self.base.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Called by SQLite every so many steps of a statement.
    fn is_over(&self) -> bool {
        if self.given_up.load(Ordering::Relaxed) {
            return true;
        }
        if !self.watches.load(Ordering::Relaxed) {
            return false;
        }
        let deadline = self.deadline.load(Ordering::Relaxed);
        (deadline != 0 && self.now() >= deadline)
            || lock(&self.interrupt).as_ref().is_some_and(Interrupt::is_stopped)
    }

    fn begin(&self, since: u64, deadline: Option<Instant>, options: &ReadOptions) {
        self.given_up.store(false, Ordering::Relaxed);
        self.since.store(since, Ordering::Relaxed);
        let watches = deadline.is_some() || options.interrupt.is_some();
        if watches {
            let deadline = deadline.map_or(0, |deadline| {
                let after = deadline.saturating_duration_since(self.base).as_nanos();
                u64::try_from(after).unwrap_or(u64::MAX).max(1)
            });
            self.deadline.store(deadline, Ordering::Relaxed);
            lock(&self.interrupt).clone_from(&options.interrupt);
        }
        self.watches.store(watches, Ordering::Relaxed);
    }

    /// The error of a statement that was stopped.
    fn error(&self) -> Option<Error> {
        let message = if self.given_up.load(Ordering::Relaxed) {
            "the read was given up: it held the write-ahead log past its ceiling"
        } else if !self.watches.load(Ordering::Relaxed) {
            return None;
        } else if lock(&self.interrupt).as_ref().is_some_and(Interrupt::is_stopped) {
            "the read was interrupted"
        } else if self.is_over() {
            "the read took longer than its deadline"
        } else {
            return None;
        };
        Some(Error::new(ErrorKind::Busy, message))
    }
}

impl Readers {
    pub(super) fn new(
        path: PathBuf,
        options: StoreOptions,
        health: Arc<Health>,
        counters: Arc<Counters>,
        profiler: Option<Arc<Profiler>>,
    ) -> Self {
        Self { path, options, health, counters, profiler, pool: Mutex::default(), returned: Condvar::new() }
    }

    /// Runs `work` in one read transaction: all its statements see the same state.
    pub(super) fn read<T>(
        &self,
        options: &ReadOptions,
        work: impl FnOnce(&Connection, &Guard) -> Result<T, Failure>,
    ) -> Result<T> {
        let inside = self.health.enter_read()?;
        let mut loan = Loan { readers: self, reader: self.borrow(options)?, is_ended: false };
        let conn = lock(&loan.reader.conn);
        let counting = Counting::begin(self.profiler.as_ref(), &conn);
        let outcome = begin(&conn).and_then(|()| {
            let watching = counting.as_ref().map(|_| Watching::begin(&conn));
            let outcome = work(&conn, &loan.reader.guard).map_err(Error::from);
            drop(watching);
            outcome
        });
        end(&conn);
        loan.is_ended = conn.is_autocommit();
        drop(counting);
        drop(conn);
        drop(inside);
        outcome.map_err(|error| self.explain(&loan.reader, error))
    }

    /// An error of a read, as the caller should hear of it.
    fn explain(&self, reader: &Reader, error: Error) -> Error {
        match reader.limit.error() {
            Some(limit) if is_interrupt(&error) => limit,
            _ => {
                self.counters.busy.add(usize::from(error.kind() == ErrorKind::Busy));
                error
            }
        }
    }

    /// Closes what is idle; what is lent is closed when it comes back.
    pub(super) fn close(&self) {
        let mut pool = lock(&self.pool);
        pool.closed = true;
        let idle = std::mem::take(&mut pool.idle);
        drop(pool);
        drop(idle);
        self.returned.notify_all();
    }

    /// Stops readers that began longer than `age` ago; how many.
    pub(super) fn give_up_older_than(&self, age: Duration) -> usize {
        let lent = lock(&self.pool).lent.clone();
        let old = lent.iter().filter(|reader| {
            let since = Duration::from_millis(reader.limit.since.load(Ordering::Relaxed));
            self.counters.clock().saturating_sub(since) > age
        });
        let mut count = 0;
        for reader in old {
            if reader.limit.given_up.swap(true, Ordering::Relaxed) {
                continue;
            }
            count += 1;
            // One that is not running a statement, but holding a snapshot, is ended here.
            match reader.conn.try_lock() {
                Ok(conn) => end(&conn),
                Err(TryLockError::Poisoned(conn)) => end(&conn.into_inner()),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        count
    }

    pub(super) fn borrow(&self, options: &ReadOptions) -> Result<Arc<Reader>> {
        let deadline = options.deadline.and_then(|time| Instant::now().checked_add(time));
        let mut pool = lock(&self.pool);
        let mut is_over = false;
        loop {
            self.health.check()?;
            if pool.closed {
                return Err(self.health.error());
            }
            if let Some(reader) = pool.idle.pop() {
                reader.limit.begin(self.counters.ticks.get(), deadline, options);
                pool.lent.push(Arc::clone(&reader));
                return Ok(reader);
            }
            if pool.lent.len() + pool.opening < self.options.readers {
                pool.opening += 1;
                break;
            }
            // Reads end by themselves. Snapshots may be this very thread's, which would wait for itself.
            let only_snapshots = pool.snapshots >= self.options.readers;
            if is_over && (deadline.is_some() || only_snapshots) {
                return Err(Error::new(ErrorKind::Busy, if deadline.is_some() { IN_USE } else { HELD }));
            }
            let left = match deadline {
                Some(end) => Some(end.saturating_duration_since(Instant::now())),
                None => only_snapshots.then_some(self.options.busy_timeout),
            };
            pool.waiting += 1;
            (pool, is_over) = match left {
                None => (self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner), false),
                Some(left) => {
                    let (pool, timeout) =
                        self.returned.wait_timeout(pool, left).unwrap_or_else(PoisonError::into_inner);
                    (pool, timeout.timed_out())
                }
            };
            pool.waiting -= 1;
        }
        drop(pool);
        let opened = self.open();
        let mut pool = lock(&self.pool);
        pool.opening -= 1;
        if let Ok(reader) = &opened {
            self.counters.connections.add(1);
            reader.limit.begin(self.counters.ticks.get(), deadline, options);
            pool.lent.push(Arc::clone(reader));
        }
        drop(pool);
        if opened.is_err() {
            self.returned.notify_one();
        }
        opened
    }

    /// Counts one more snapshot. Whoever waits may now wait for snapshots alone.
    fn hold(&self) {
        let mut pool = lock(&self.pool);
        pool.snapshots += 1;
        let is_awaited = pool.waiting > 0;
        drop(pool);
        if is_awaited {
            self.returned.notify_all();
        }
    }

    fn open(&self) -> Result<Arc<Reader>> {
        let conn = connect::reader(&self.path, &self.options)?;
        let (guard, limit) = (Arc::new(Guard::of_reader()), Arc::new(Limit::new()));
        let watched = Arc::clone(&limit);
        guard
            .install(&conn)
            .and_then(|()| conn.progress_handler(STEPS, Some(move || watched.is_over())))
            .map_err(sql_error)?;
        Ok(Arc::new(Reader { conn: Mutex::new(conn), guard, limit }))
    }

    fn give_back(&self, reader: &Arc<Reader>, healthy: bool) {
        let mut pool = lock(&self.pool);
        let lent = pool.lent.iter().position(|lent| Arc::ptr_eq(lent, reader));
        if let Some(lent) = lent {
            let reader = pool.lent.swap_remove(lent);
            if healthy && !pool.closed {
                pool.idle.push(reader);
            }
        }
        let is_awaited = pool.waiting > 0;
        drop(pool);
        if is_awaited {
            self.returned.notify_one();
        }
    }
}

const IN_USE: &str = "every connection for reading was in use until the deadline";
const HELD: &str = "every connection for reading is held by a snapshot; drop one, or allow more readers";

/// Steps of SQLite's machine between two looks at the limits: some tens of microseconds.
const STEPS: i32 = 1000;

impl Limit {
    fn new() -> Self {
        Self {
            base: Instant::now(),
            since: AtomicU64::new(0),
            deadline: AtomicU64::new(0),
            interrupt: Mutex::new(None),
            watches: AtomicBool::new(false),
            given_up: AtomicBool::new(false),
        }
    }
}

fn begin(conn: &Connection) -> Result<()> {
    conn.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])).map(drop).map_err(sql_error)
}

/// Nothing was written, so there is nothing to keep or lose; COMMIT is the cheaper of the two.
fn end(conn: &Connection) {
    if !conn.is_autocommit() {
        let _ = conn.prepare_cached("COMMIT").and_then(|mut end| end.execute([]));
    }
}

fn is_interrupt(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<rusqlite::Error>());
    source.and_then(rusqlite::Error::sqlite_error_code) == Some(rusqlite::ErrorCode::OperationInterrupted)
}

/// A lent connection; goes back even when the borrower panics.
struct Loan<'a> {
    readers: &'a Readers,
    reader: Arc<Reader>,
    is_ended: bool,
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        if !self.is_ended {
            let conn = lock(&self.reader.conn);
            end(&conn);
            self.is_ended = conn.is_autocommit();
        }
        self.readers.give_back(&self.reader, self.is_ended);
    }
}

/// One state of the database for as long as it lives, whatever is written meanwhile: several reads of it agree.
///
/// It holds one of the connections for reading, and keeps the write-ahead log from starting over. If the log grows
/// past its ceiling for it (see [`StoreOptions::wal_ceiling`]), it is given up: reads fail with
/// [`ErrorKind::Busy`]. While snapshots hold all connections, other reads wait for
/// [`StoreOptions::busy_timeout`], then fail with [`ErrorKind::Busy`].
pub struct Snapshot {
    readers: Arc<Readers>,
    reader: Arc<Reader>,
}

impl Snapshot {
    pub(super) fn new(readers: &Arc<Readers>, options: &ReadOptions) -> Result<Self> {
        let reader = readers.borrow(options)?;
        readers.hold();
        let snapshot = Self { readers: Arc::clone(readers), reader };
        let conn = snapshot.conn()?;
        begin(&conn)?;
        // The state is chosen by the first read, which this is.
        conn.prepare_cached("PRAGMA schema_version")
            .and_then(|mut first| first.query_row([], |_| Ok(())))
            .map_err(sql_error)?;
        drop(conn);
        Ok(snapshot)
    }

    fn conn(&self) -> Result<MutexGuard<'_, Connection>> {
        let conn = lock(&self.reader.conn);
        if self.reader.limit.given_up.load(Ordering::Relaxed) {
            return Err(self.reader.limit.error().unwrap_or_else(|| self.readers.health.error()));
        }
        Ok(conn)
    }

    /// Runs `work` on the snapshot.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T> {
        let _inside: Inside = self.readers.health.enter_read()?;
        let conn = self.conn()?;
        let counting = Counting::begin(self.readers.profiler.as_ref(), &conn);
        let watching = counting.as_ref().map(|_| Watching::begin(&conn));
        let outcome = work(&conn).map_err(Error::from);
        drop(watching);
        drop(counting);
        drop(conn);
        outcome.map_err(|error| self.readers.explain(&self.reader, error))
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let conn = lock(&self.reader.conn);
        end(&conn);
        let healthy = conn.is_autocommit();
        drop(conn);
        lock(&self.readers.pool).snapshots -= 1;
        self.readers.give_back(&self.reader, healthy);
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}
