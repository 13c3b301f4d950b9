//! What a store can be asked to do differently.

use std::path::Path;
use std::time::Duration;

use atra_core::{Error, ErrorKind, Result};

use super::Store;
use super::cache::Budget;

/// What an acknowledged write survives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Durability {
    /// The end of the process, however sudden (`synchronous = NORMAL`). A power cut may lose the last commits,
    /// never damage the file.
    Process,
    /// A power cut: every commit waits for the disk (`synchronous = FULL`). One wait serves a whole group.
    #[default]
    Power,
}

/// How to open a [`Store`]; the defaults suit a bot.
///
/// ```
/// use atra::store::{Durability, StoreOptions};
///
/// # let directory = tempfile::tempdir()?;
/// let path = directory.path().join("bot.db");
/// let store = StoreOptions::new().durability(Durability::Process).readers(4).open(&path)?;
/// # store.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "options do nothing until `open`"]
pub struct StoreOptions {
    pub(super) durability: Durability,
    pub(super) queue: usize,
    pub(super) readers: usize,
    pub(super) busy_timeout: Duration,
    pub(super) mmap_bytes: u32,
    pub(super) cache: Budget,
    pub(super) strict_cache: bool,
    pub(super) wal_ceiling: u64,
    pub(super) reader_age: Duration,
    pub(super) profile: bool,
    pub(super) slow: Option<Duration>,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            durability: Durability::default(),
            queue: 1024,
            readers: 2,
            busy_timeout: Duration::from_secs(5),
            mmap_bytes: 0,
            cache: Budget { entries: 1024, bytes: 64 << 20, time_to_live: Duration::from_mins(1) },
            strict_cache: false,
            wal_ceiling: 256 << 20,
            reader_age: Duration::from_secs(30),
            profile: false,
            slow: None,
        }
    }
}

impl StoreOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// What an acknowledged write survives, unless it asks for something else
    /// ([`Store::with_durability`]). Default [`Durability::Power`].
    pub fn durability(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }

    /// How many writes may wait before `write` blocks and `try_submit` fails. Default 1024.
    pub fn queue(mut self, writes: usize) -> Self {
        self.queue = writes;
        self
    }

    /// How many connections for reading may be open at once. Default 2.
    pub fn readers(mut self, connections: usize) -> Self {
        self.readers = connections;
        self
    }

    /// How long to wait before [`ErrorKind::Busy`](atra_core::ErrorKind::Busy): for another process's lock, and for a
    /// reader while snapshots hold them all. Default 5 s, at most 24 days.
    pub fn busy_timeout(mut self, deadline: Duration) -> Self {
        // SQLite counts it in milliseconds, of 31 bits.
        self.busy_timeout = deadline.min(Duration::from_millis(i32::MAX.unsigned_abs().into()));
        self
    }

    /// How much of the file to map into memory. Default 0: a disk error in mapped memory kills the process
    /// instead of becoming an error, and mapping was not faster where it was measured.
    pub fn mmap_bytes(mut self, bytes: u32) -> Self {
        self.mmap_bytes = bytes;
        self
    }

    /// How many results, and how many bytes of them, the query cache holds; 0 entries turn it off. Default
    /// 1024 and 64 MiB.
    pub fn cache(mut self, entries: usize, bytes: usize) -> Self {
        self.cache.entries = entries;
        self.cache.bytes = bytes;
        self
    }

    /// When a cached result is dropped although nothing changed. Default 60 s.
    pub fn cache_time_to_live(mut self, time: Duration) -> Self {
        self.cache.time_to_live = time;
        self
    }

    /// Looks for other processes' commits at every look into the cache, instead of a few times a second. A look
    /// waits for the commit under way. Default off.
    pub fn strict_cache(mut self, strict: bool) -> Self {
        self.strict_cache = strict;
        self
    }

    /// How many bytes the write-ahead log may grow to. It is copied into the database long before; only readers
    /// that stay in an old state keep it from starting over. Default 256 MiB.
    pub fn wal_ceiling(mut self, bytes: u64) -> Self {
        self.wal_ceiling = bytes;
        self
    }

    /// How long a reader may keep the log past its ceiling before it is given up. Default 30 s.
    pub fn reader_age(mut self, limit: Duration) -> Self {
        self.reader_age = limit;
        self
    }

    /// Counts what every statement costs ([`Store::profile`]), for a third of a microsecond a statement. The counts are added
    /// to the database when the store closes. Default off, which costs nothing.
    pub fn profile(mut self, profile: bool) -> Self {
        self.profile = profile;
        self
    }

    /// Turns the profile on and, with the feature `tracing`, warns of each statement that takes this long.
    pub fn slow_statements(mut self, time: Duration) -> Self {
        self.profile = true;
        self.slow = Some(time);
        self
    }

    /// Opens the database, creating the file and bringing an older one up to date.
    ///
    /// Fails when the path cannot be opened, is not an SQLite database, belongs to another program, or was
    /// written by a newer version of atra.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Store> {
        for (name, value) in [("queue", self.queue), ("readers", self.readers)] {
            if value == 0 {
                return Err(Error::new(ErrorKind::Parameter, format!("{name} 0 must be at least 1")));
            }
        }
        Store::start(path.as_ref(), &self)
    }
}
