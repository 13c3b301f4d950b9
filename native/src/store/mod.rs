//! The bot's database: one file, any number of threads, no lock errors, nothing acknowledged ever lost.
//!
//! - **Writes** go through the only writing connection. Whoever holds it commits whatever is waiting as one
//!   transaction and acknowledges after the commit, so a full sync to disk is shared by all who wait for it.
//!   A write that fails, or panics, fails alone.
//! - **Reads** run beside it on a few read-only connections, each read in one consistent snapshot.
//! - **Results** of [`query`](Store::query) and of the typed reads (candles, signals, symbols, users and their
//!   data) are cached. A cached result is never older than a write this process was told is committed, and stays
//!   while other tables are written. A commit of *another* process is noticed within 200 ms, or when the
//!   transaction then under way ends; with [`StoreOptions::strict_cache`], at once.
//! - **Nothing hangs.** Another process's lock is waited for until a deadline, a full queue pushes back, and
//!   once the writer has stopped every call says so.
//!
//! ```
//! use atra::{Candle, Frame, Store, store::CandleQuery};
//!
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("bot.db");
//! let store = Store::open(&path)?;
//! let candle = |time| Candle { time, open: 1.0, high: 2.0, low: 1.0, close: 2.0, volume: 9.0 };
//! store.upsert_candles("BTCUSDT", "1h", &Frame::candles([candle(0), candle(3_600_000)])?)?;
//!
//! let last = store.candles("BTCUSDT", "1h", CandleQuery::last(1))?;
//! assert_eq!(last.time(), [3_600_000]);
//!
//! // Anything else is SQL.
//! store.write(|conn| Ok(conn.execute("UPDATE symbols SET symbol = 'XBTUSDT'", [])?))?;
//! let closes: Vec<(String, f64)> = store.query_as("SELECT symbol, max(close) FROM candles", &[])?;
//! assert_eq!(closes, [("XBTUSDT".to_owned(), 2.0)]);
//!
//! // With every indicator as a window function.
//! let sql = "SELECT time, ema(close, 2) OVER (PARTITION BY symbol, interval ORDER BY time) FROM candles";
//! let averages: Vec<(i64, Option<f64>)> = store.query_as(sql, &[])?;
//! assert_eq!(averages, [(0, None), (3_600_000, Some(2.0))]);
//! store.close()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, ThreadId};

use atra_core::{Error, ErrorKind, Result};
use lru::LruCache;
pub use rusqlite;
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

mod advise;
mod bulk;
mod cache;
mod candles;
mod chunks;
mod connect;
mod copier;
mod failure;
mod flights;
mod functions;
mod governor;
mod health;
mod learn;
mod loader;
mod maintenance;
mod once;
mod options;
mod parallel;
mod profile;
mod query;
mod readers;
mod request;
mod schema;
mod signals;
mod stats;
mod tables;
mod ticket;
mod users;
mod writer;

pub use crate::strategy::{QualityMeta, Side, Signal};
pub use advise::{Advice, Advices};
pub use bulk::{Bulk, BulkReport, RowError, SignalKey};
pub use candles::{CandleQuery, SymbolInfo};
pub use failure::Failure;
pub use loader::Loader;
pub use maintenance::restore;
pub use options::{Durability, StoreOptions};
pub use profile::StatementProfile;
pub use query::{FromRow, Row, Rows};
pub use readers::{Interrupt, ReadOptions, Snapshot};
pub use signals::{LogEntry, SignalQuery};
pub use stats::Stats;
pub use ticket::{Outcome, Ticket};
pub use users::User;

use cache::Cache;
use flights::{Boarding, Flights};
use governor::Governor;
use health::{Health, lock};
use parallel::Workers;
use profile::Profiler;
use query::Known;
use readers::Readers;
use request::{Job, Request};
use stats::Counters;
use tables::{TableSet, Tables};
use writer::Writer;

/// A database open for reading and writing. Clones share it; it closes with [`close`](Self::close) or when the
/// last clone is dropped, after everything queued has been committed.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    /// What the writes of this handle survive.
    durability: Durability,
}

struct Inner {
    path: PathBuf,
    writer: Arc<Writer>,
    thread: Mutex<Option<JoinHandle<()>>>,
    thread_id: ThreadId,
    readers: Arc<Readers>,
    workers: Arc<Workers>,
    cache: Mutex<Cache<Owned, flights::Shared>>,
    flights: Flights<Owned>,
    /// Statements of [`Store::query`], by their text.
    known: Mutex<LruCache<String, Known>>,
    tables: Arc<Tables>,
    health: Arc<Health>,
    counters: Arc<Counters>,
    strict_cache: bool,
    profiler: Option<Arc<Profiler>>,
}

/// What a cached result answers.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key<'a> {
    Candles(Cow<'a, str>, Cow<'a, str>, CandleQuery),
    Symbols,
    Signals(Cow<'a, SignalQuery>),
    Users,
    UserData(Cow<'a, str>, Cow<'a, str>),
    Sql(Cow<'a, str>, Cow<'a, [u8]>),
}

/// A key to keep, found by any [`Key`] that equals it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Owned(Key<'static>);

impl<'a> Borrow<Key<'a>> for Owned {
    fn borrow(&self) -> &Key<'a> {
        &self.0
    }
}

impl Key<'_> {
    fn into_owned(self) -> Owned {
        fn own<T: ToOwned + ?Sized>(text: Cow<'_, T>) -> Cow<'static, T> {
            Cow::Owned(text.into_owned())
        }
        Owned(match self {
            Self::Candles(symbol, interval, query) => Key::Candles(own(symbol), own(interval), query),
            Self::Symbols => Key::Symbols,
            Self::Signals(query) => Key::Signals(own(query)),
            Self::Users => Key::Users,
            Self::UserData(user, key) => Key::UserData(own(user), own(key)),
            Self::Sql(sql, params) => Key::Sql(own(sql), own(params)),
        })
    }
}

/// A result to cache: about how many bytes it takes, or that it must not be kept.
struct Loaded<V> {
    value: V,
    bytes: Option<usize>,
}

impl Store {
    /// Opens a database with the default options; see [`StoreOptions::open`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        StoreOptions::new().open(path)
    }

    fn start(path: &Path, options: &StoreOptions) -> Result<Self> {
        let (health, tables, counters) = <(Arc<Health>, Arc<Tables>, Arc<Counters>)>::default();
        let conn = connect::writer(path, options)?;
        let path = connect::place(&conn, path);
        counters.connections.add(1);
        let profiler = options.profile.then(|| Arc::new(Profiler::new(options.slow)));
        let readers = Readers::new(
            path.clone(),
            options.clone(),
            Arc::clone(&health),
            Arc::clone(&counters),
            profiler.clone(),
        );
        let readers = Arc::new(readers);
        let governor = Governor::new(Arc::clone(&readers), &path, options);
        let writer = Writer::new(
            conn,
            options,
            Arc::clone(&health),
            Arc::clone(&tables),
            Arc::clone(&counters),
            governor,
            profiler.clone(),
        )?;
        let writer = Arc::new(writer);
        let served = Arc::clone(&writer);
        let thread = thread::Builder::new()
            .name("atra-store".to_owned())
            .spawn(move || served.serve())
            .map_err(|error| {
                Error::new(ErrorKind::Io, format!("the writer's thread cannot start: {error}"))
                    .with_source(error)
            })?;
        let inner = Inner {
            path,
            writer,
            thread_id: thread.thread().id(),
            thread: Mutex::new(Some(thread)),
            cache: Mutex::new(Cache::new(options.cache)),
            flights: Flights::default(),
            known: Mutex::new(LruCache::new(query::MOST_KNOWN)),
            workers: Workers::new(options.readers),
            readers,
            tables,
            health,
            counters,
            strict_cache: options.strict_cache,
            profiler,
        };
        Ok(Self { inner: Arc::new(inner), durability: options.durability })
    }

    /// Where the database is: the whole path, behind symbolic links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// The same store, with writes that survive this much.
    ///
    /// ```
    /// use atra::store::Durability;
    ///
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// store.add_user("ada")?; // survives a power cut
    /// let quick = store.with_durability(Durability::Process);
    /// quick.set_user_data("ada", "cursor", &17)?; // survives the end of the process
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_durability(&self, durability: Durability) -> Self {
        Self { inner: Arc::clone(&self.inner), durability }
    }

    /// Runs `work` inside a transaction, blocks until it is committed and returns what it returned.
    ///
    /// All of its statements are stored or none: an error, a panic or a failed commit leaves nothing behind.
    /// It shares the transaction with other writes, so it may not begin or end one. It runs on this thread or on
    /// the writer's. Blocks while the queue is full.
    ///
    /// `OR ROLLBACK` and `RAISE(ROLLBACK)` undo the whole transaction: the other writes in it fail with
    /// [`ErrorKind::Busy`], and can be sent again. `OR ABORT`, the default, undoes the statement alone.
    ///
    /// The store watches the connection through SQLite's authorizer and trace hooks; `work` must leave them alone.
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// let error = store
    ///     .write(|conn| {
    ///         conn.execute("INSERT INTO users (name) VALUES ('ada')", [])?;
    ///         conn.execute("INSERT INTO users (name) VALUES ('ada')", [])?;
    ///         Ok(())
    ///     })
    ///     .unwrap_err();
    /// assert_eq!(error.to_string(), "UNIQUE constraint failed: users.name");
    /// assert!(store.users()?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.now(work, false)?.wait()
    }

    /// As [`write`](Self::write), and tells apart what is stored, what is not, and what nobody knows.
    pub fn write_outcome<T, F>(&self, work: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        match self.now(work, false) {
            Ok(ticket) => ticket.outcome(),
            Err(error) => Outcome::Rejected(error),
        }
    }

    /// As [`write`](Self::write), but at most once for one `id`: sent again, it does not run again, and returns
    /// what it returned the first time. So a write whose fate is unknown (a crash, a lost connection,
    /// [`Outcome::Unknown`]) can be repeated without harm.
    ///
    /// The newest 100,000 ids are remembered, in the same transactions as the writes. What it returned is kept as
    /// MessagePack ([`codec`](atra_core::codec)), which does not tell `Some(None)` and `Some(())` from `None`.
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// for _ in 0..2 {
    ///     let id = store.write_once("order 17", |conn| {
    ///         conn.execute("INSERT INTO users (name) VALUES ('ada')", [])?;
    ///         Ok(conn.last_insert_rowid())
    ///     })?;
    ///     assert_eq!(id, 1);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_once<T, F>(&self, id: &str, work: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let id = candles::name("id", id)?;
        self.write(move |conn| once::run(conn, &id, work))
    }

    /// Queues `work` as [`write`](Self::write) does, without waiting for the commit; the ticket brings the
    /// result, to threads and to async tasks. Blocks while the queue is full.
    pub fn submit<T, F>(&self, work: F) -> Result<Ticket<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.inner.health.refuse_in_write("submit")?;
        let (job, ticket) = self.job(work, false);
        self.inner.writer.push(job)?;
        Ok(ticket)
    }

    /// As [`submit`](Self::submit), but fails with [`ErrorKind::Full`] instead of blocking.
    pub fn try_submit<T, F>(&self, work: F) -> Result<Ticket<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let (job, ticket) = self.job(work, false);
        self.inner.writer.try_push(job)?;
        Ok(ticket)
    }

    /// A write that is one statement of the store's own and cannot panic, so that it needs no savepoint. A caller's
    /// may be one that SQLite does not undo (`INSERT OR FAIL`).
    fn statement<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.now(work, true)?.wait()
    }

    /// As [`write`](Self::write), always on this thread, with work that may borrow and runs none but the
    /// `declared` statements.
    fn write_here<T: Send>(
        &self,
        declared: &'static [&'static str],
        work: impl FnOnce(&Connection) -> Result<T, Failure> + Send,
    ) -> Result<T> {
        self.inner.health.refuse_in_write("write")?;
        let (promise, ticket) = ticket::ticket(&self.inner.health);
        let durability = self.durability;
        let declared = Some(declared);
        let mut job =
            Job { work: Some(work), result: None, promise, durability, is_statement: false, declared };
        self.inner.writer.lead_here(&mut job)?;
        drop(job);
        ticket.wait()
    }

    fn now<T, F>(&self, work: F, is_statement: bool) -> Result<Ticket<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.inner.health.refuse_in_write("write")?;
        let (job, ticket) = self.job(work, is_statement);
        self.inner.writer.lead_or_push(job)?;
        Ok(ticket)
    }

    fn job<T, F>(&self, work: F, is_statement: bool) -> (Box<dyn Request>, Ticket<T>)
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let (promise, ticket) = ticket::ticket(&self.inner.health);
        let durability = self.durability;
        (
            Box::new(Job {
                work: Some(work),
                result: None,
                promise,
                durability,
                is_statement,
                declared: None,
            }),
            ticket,
        )
    }

    /// Runs `work` on a connection that can only read, and returns what it returned.
    ///
    /// All of its statements see one state of the database, at least as new as every write acknowledged before
    /// the call. Blocks while all readers are in use.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T> {
        self.read_with(&ReadOptions::default(), work)
    }

    /// As [`read`](Self::read), with a deadline or an interrupt.
    ///
    /// ```
    /// use std::time::Duration;
    /// use atra::{ErrorKind, store::ReadOptions};
    ///
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    /// let options = ReadOptions::default().deadline(Duration::from_millis(20));
    /// let error = store
    ///     .read_with(&options, |conn| Ok(conn.query_row(endless, [], |row| row.get::<_, i64>(0))?))
    ///     .unwrap_err();
    /// assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Busy, "the read took longer than its deadline"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_with<T>(
        &self,
        options: &ReadOptions,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T> {
        // It would not see the write it stands in, and could wait for readers that wait for the writer.
        self.inner.health.refuse_in_write("read")?;
        self.inner.readers.read(options, |conn, _| work(conn))
    }

    /// One state of the database to read from several times, at least as new as every write acknowledged before
    /// the call. Holds one of the readers while it lives; while snapshots hold all of them, other reads fail with
    /// [`ErrorKind::Busy`] after [`StoreOptions::busy_timeout`].
    pub fn snapshot(&self) -> Result<Snapshot> {
        self.inner.health.refuse_in_write("snapshot")?;
        Snapshot::new(&self.inner.readers, &ReadOptions::default())
    }

    /// The result under `key` if it is in the cache and still true.
    fn lookup<V: Send + Sync + 'static>(&self, key: &Key<'_>) -> Result<Option<Arc<V>>> {
        let inner = &*self.inner;
        inner.health.check()?;
        inner.health.refuse_in_write("read")?;
        if inner.strict_cache {
            inner.writer.look_for_others();
        }
        let hit = lock(&inner.cache).get(key, &inner.tables, inner.counters.clock());
        Ok(hit.and_then(|value| value.downcast::<V>().ok()))
    }

    /// The result under `key`, which depends on nothing but `tables`, from the cache or by `load`.
    fn cached<V: Send + Sync + 'static>(
        &self,
        key: Key<'_>,
        tables: TableSet,
        load: impl FnOnce(&Connection) -> Result<Loaded<V>, Failure>,
    ) -> Result<Arc<V>> {
        match self.lookup(&key)? {
            Some(value) => Ok(value),
            None => self.load(key, tables, load),
        }
    }

    /// What `load` returns, kept under `key`.
    fn load<V: Send + Sync + 'static>(
        &self,
        key: Key<'_>,
        tables: TableSet,
        load: impl FnOnce(&Connection) -> Result<Loaded<V>, Failure>,
    ) -> Result<Arc<V>> {
        let inner = &*self.inner;
        let stamp = inner.tables.stamp(tables);
        let Some(stamp) = stamp else {
            return Ok(Arc::new(self.read(load)?.value));
        };
        // Who is inside a read is told so, instead of waiting for somebody who waits for his connection.
        drop(inner.health.enter_read()?);
        let key = key.into_owned();
        let pilot = match inner.flights.board(key.clone(), stamp) {
            Boarding::Lead(pilot) => Some(pilot),
            Boarding::Join(flight) => match flight.wait().map(Arc::downcast::<V>) {
                Some(Ok(value)) => return Ok(value),
                _ => None,
            },
        };
        let Loaded { value, bytes } = self.read(load)?;
        let value = Arc::new(value);
        if let Some(bytes) = bytes {
            lock(&inner.cache).put(key, value.clone(), stamp, bytes, inner.counters.clock());
            if let Some(pilot) = pilot {
                pilot.land(value.clone());
            }
        }
        Ok(value)
    }

    /// What the store has done so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let cache = lock(&self.inner.cache).stats();
        let counters = &self.inner.counters;
        Stats {
            connections_opened: counters.connections.get(),
            writes: counters.writes.get(),
            failed_writes: counters.failed.get(),
            groups: counters.groups.get(),
            largest_group: counters.largest_group.get(),
            busy_errors: counters.busy.get(),
            external_changes: counters.external.get(),
            cache_hits: cache.hits,
            cache_misses: cache.misses,
            cache_entries: cache.entries as u64,
            cache_bytes: cache.bytes as u64,
            wal_pages: counters.wal_pages.get(),
            checkpoints: counters.checkpoints.get(),
            readers_given_up: counters.readers_given_up.get(),
        }
    }

    /// Commits everything queued, then closes the store for all its clones. Closing twice is no error.
    ///
    /// Fails when the writer had stopped by itself before.
    pub fn close(&self) -> Result<()> {
        self.inner.health.refuse_in_write("close")?;
        self.inner.close();
        if self.inner.health.died() { Err(self.inner.health.error()) } else { Ok(()) }
    }
}

impl Inner {
    fn close(&self) {
        self.writer.close();
        self.readers.close();
        let mut thread = lock(&self.thread);
        // A closure may own the last clone of its own store; a thread cannot wait for itself.
        if !self.health.in_write()
            && thread::current().id() != self.thread_id
            && let Some(thread) = thread.take()
        {
            // It catches its own panics; what went wrong stands in `health`.
            let _ = thread.join();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("path", &self.inner.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
