//! The store, seen from outside: through its own API, and through connections it does not know of.
#![cfg(feature = "store")]
// Helpers of tests are tests too.
#![allow(clippy::unwrap_used)]

mod acknowledgements;
mod crash;
mod faults;
mod many_rows;
mod model;
mod queries;
mod refusals;
mod round_trip;
mod threads;
mod upkeep;

use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, channel, sync_channel};

use atra::store::rusqlite::Connection;
use atra::store::{Store, StoreOptions, Ticket};
use atra::{Candle, Frame};
use tempfile::TempDir;

/// A database in a directory of its own, and a look at it past the store.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("bot.db")
    }

    fn open(&self) -> Store {
        Store::open(self.path()).unwrap()
    }

    fn open_with(&self, options: StoreOptions) -> Store {
        options.open(self.path()).unwrap()
    }

    /// A connection of which the store knows nothing.
    fn outside(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    fn count(&self, sql: &str) -> i64 {
        self.outside().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// SQLite's own opinion of the file.
    fn assert_sound(&self) {
        let conn = self.outside();
        let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(verdict, "ok");
        let orphans: i64 =
            conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
        assert_eq!(orphans, 0);
    }
}

/// Holds the writer inside a write until told to go on, so that what is queued next becomes one group.
fn hold(store: &Store) -> (SyncSender<()>, Ticket<()>) {
    let (release, held) = sync_channel::<()>(0);
    let (started, start) = channel();
    let ticket = store.submit(move |_| {
        started.send(()).unwrap();
        held.recv().unwrap();
        Ok(())
    });
    start.recv().unwrap();
    (release, ticket.unwrap())
}

/// So many cases, unless the environment asks for another number; failures are printed, not kept in files.
fn cases(usual: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::Config {
        cases: asked.unwrap_or(usual),
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}

fn add_user(store: &Store, name: &str) -> Ticket<usize> {
    let name = name.to_owned();
    store.submit(move |conn| Ok(conn.execute("INSERT INTO users (name) VALUES (?1)", [name])?)).unwrap()
}

fn candle(time: i64, close: f64) -> Candle {
    Candle { time, open: close, high: close + 1.0, low: close - 1.0, close, volume: 10.0 }
}

fn candles(times: std::ops::Range<i64>) -> Frame {
    Frame::candles(times.map(|time| candle(time, time as f64 + 0.1))).unwrap()
}
