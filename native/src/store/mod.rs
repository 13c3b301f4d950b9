//! The bot's database: one file, any number of threads, no lock errors, nothing acknowledged ever lost.
//!
//! - **Writes** queue up for one thread with the only writing connection. It commits whatever is waiting as one
//!   transaction and acknowledges after the commit, so a full sync to disk is shared by all who wait for it.
//!   A write that fails, or panics, fails alone.
//! - **Reads** run beside it on a few read-only connections, each read in one consistent snapshot.
//! - **Typed reads** (candles, signals, symbols, users and their data) are cached. A cached result is never
//!   older than a write this process was told is committed. A commit of *another* process is noticed within
//!   200 ms, or when the transaction then under way ends.
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
//! store.write(|conn| Ok(conn.execute("DELETE FROM candles WHERE time < ?1", [1_000])?))?;
//! let left: i64 =
//!     store.read(|conn| Ok(conn.query_row("SELECT count(*) FROM candles", [], |row| row.get(0))?))?;
//! assert_eq!(left, 1);
//! store.close()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::any::Any;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use atra_core::{Error, ErrorKind, Result};
pub use rusqlite;
use rusqlite::Connection;

mod cache;
mod candles;
mod connect;
mod failure;
mod health;
mod options;
mod readers;
mod request;
mod schema;
mod signals;
mod stats;
mod ticket;
mod users;
mod version;
mod writer;

pub use crate::strategy::{QualityMeta, Side, Signal};
pub use candles::{CandleQuery, SymbolInfo};
pub use failure::Failure;
pub use options::{Durability, StoreOptions};
pub use signals::{LogEntry, SignalQuery};
pub use stats::Stats;
pub use ticket::Ticket;
pub use users::User;

use cache::Cache;
use health::{Health, lock};
use readers::Readers;
use request::{Job, Request};
use stats::Counters;
use version::Version;
use writer::Writer;

/// A database open for reading and writing. Clones share it; it closes with [`close`](Self::close) or when the
/// last clone is dropped, after everything queued has been committed.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    path: PathBuf,
    /// `None` once closed. Without senders the writer finishes what is queued and ends.
    queue: Mutex<Option<SyncSender<Box<dyn Request>>>>,
    capacity: usize,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: Readers,
    cache: Mutex<Cache<Key, Arc<dyn Any + Send + Sync>>>,
    version: Arc<Version>,
    health: Arc<Health>,
    counters: Arc<Counters>,
}

/// What a cached result answers.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Candles(String, String, CandleQuery),
    Symbols,
    Signals(SignalQuery),
    Users,
    UserData(String, String),
}

impl Store {
    /// Opens a database with the default options; see [`StoreOptions::open`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        StoreOptions::new().open(path)
    }

    fn start(path: &Path, options: StoreOptions) -> Result<Self> {
        let (health, version, counters) = <(Arc<Health>, Arc<Version>, Arc<Counters>)>::default();
        let conn = connect::writer(path, &options)?;
        counters.connections.add(1);
        let writer = Writer::new(conn, Arc::clone(&health), Arc::clone(&version), Arc::clone(&counters))?;
        let (sender, receiver) = sync_channel(options.queue);
        let thread = thread::Builder::new()
            .name("atra-store".to_owned())
            .spawn(move || writer.serve(receiver))
            .map_err(|error| {
                Error::new(ErrorKind::Io, format!("the writer's thread cannot start: {error}"))
                    .with_source(error)
            })?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            queue: Mutex::new(Some(sender)),
            capacity: options.queue,
            writer: Mutex::new(Some(thread)),
            cache: Mutex::new(Cache::new(options.cache)),
            readers: Readers::new(path.to_owned(), options, Arc::clone(&health), Arc::clone(&counters)),
            version,
            health,
            counters,
        })))
    }

    /// Where the database is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Runs `work` inside a transaction, blocks until it is committed and returns what it returned.
    ///
    /// All of its statements are stored or none: an error, a panic or a failed commit leaves nothing behind.
    /// It shares the transaction with other writes, so it may not begin or end one. Blocks while the queue is
    /// full.
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
        self.submit(work)?.wait()
    }

    /// Queues `work` as [`write`](Self::write) does, without waiting for the commit; the ticket brings the
    /// result, to threads and to async tasks. Blocks while the queue is full.
    pub fn submit<T, F>(&self, work: F) -> Result<Ticket<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.enqueue(work, false)
    }

    /// As [`submit`](Self::submit), but fails with [`ErrorKind::Full`] instead of blocking.
    pub fn try_submit<T, F>(&self, work: F) -> Result<Ticket<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let (promise, ticket) = ticket::ticket(&self.0.health);
        let job = Job { work: Some(work), result: None, promise, is_statement: false };
        match self.sender()?.try_send(Box::new(job)) {
            Ok(()) => Ok(ticket),
            Err(TrySendError::Full(_)) => Err(Error::new(
                ErrorKind::Full,
                format!("{} writes are waiting already; wait for some of them", self.0.capacity),
            )),
            Err(TrySendError::Disconnected(_)) => Err(self.0.health.error()),
        }
    }

    /// A write that is one statement and cannot panic, so that it needs no savepoint.
    fn statement<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.enqueue(work, true)?.wait()
    }

    fn enqueue<T, F>(&self, work: F, is_statement: bool) -> Result<Ticket<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.0.health.refuse_on_writer("write")?;
        let (promise, ticket) = ticket::ticket(&self.0.health);
        let job = Job { work: Some(work), result: None, promise, is_statement };
        self.sender()?.send(Box::new(job)).map_err(|_| self.0.health.error())?;
        Ok(ticket)
    }

    fn sender(&self) -> Result<SyncSender<Box<dyn Request>>> {
        self.0.health.check()?;
        // A clone, so that nobody blocks on a full queue while holding the lock `close` needs.
        lock(&self.0.queue).clone().ok_or_else(|| self.0.health.error())
    }

    /// Runs `work` on a connection that can only read, and returns what it returned.
    ///
    /// All of its statements see one state of the database, at least as new as every write acknowledged before
    /// the call. Blocks while all readers are in use.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T> {
        // It would not see the write it stands in, and could wait for readers that wait for the writer.
        self.0.health.refuse_on_writer("read")?;
        self.0.readers.read(work)
    }

    /// The result under `key`, from the cache or by `load`, which returns it with its size in bytes.
    fn cached<V: Send + Sync + 'static>(
        &self,
        key: Key,
        load: impl FnOnce(&Connection) -> Result<(V, usize), Failure>,
    ) -> Result<Arc<V>> {
        self.0.health.check()?;
        self.0.health.refuse_on_writer("read")?;
        let version = self.0.version.stable();
        if let Some(version) = version
            && let Some(hit) = lock(&self.0.cache).get(&key, version, Instant::now())
            && let Ok(value) = hit.downcast::<V>()
        {
            return Ok(value);
        }
        let (value, bytes) = self.read(load)?;
        let value = Arc::new(value);
        if let Some(version) = version {
            lock(&self.0.cache).put(key, value.clone(), version, bytes, Instant::now());
        }
        Ok(value)
    }

    /// What the store has done so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let cache = lock(&self.0.cache).stats();
        let counters = &self.0.counters;
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
        }
    }

    /// Commits everything queued, then closes the store for all its clones. Closing twice is no error.
    ///
    /// Fails when the writer had stopped by itself before.
    pub fn close(&self) -> Result<()> {
        self.0.health.refuse_on_writer("close")?;
        self.0.close();
        if self.0.health.died() { Err(self.0.health.error()) } else { Ok(()) }
    }
}

impl Inner {
    fn close(&self) {
        lock(&self.queue).take();
        self.readers.close();
        let mut writer = lock(&self.writer);
        // A closure may own the last clone of its own store; a thread cannot wait for itself.
        if !self.health.on_writer()
            && let Some(writer) = writer.take()
        {
            // It catches its own panics; what went wrong stands in `health`.
            let _ = writer.join();
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
        f.debug_struct("Store").field("path", &self.0.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
