//! The store against what bots use instead, in one run. Prints each contender's rows a second and latencies, and
//! the ratios that are promised.
//!
//! `make bench-store`, or `bench-store [lone|writes|bulk|reads|candles|load]…`; SECONDS_EACH sets how long each contender runs.

mod reads;
mod writes;

use std::path::Path;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use rusqlite::Connection;

const SCHEMA: &str = include_str!("../../schema.sql");
const INSERT: &str = include_str!("../../insert.sql");

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let run = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    println!("SQLite {}, {} processors", rusqlite::version(), std::thread::available_parallelism().map_or(0, usize::from));
    if run("lone") {
        writes::lone();
    }
    if run("writes") {
        writes::many();
    }
    if run("bulk") {
        writes::bulk();
    }
    if run("reads") {
        reads::reads();
    }
    if run("candles") {
        reads::candles();
    }
    // By name only: it takes minutes and disk.
    if wanted.iter().any(|word| word == "load") {
        reads::load();
    }
}

fn seconds() -> Duration {
    let text = std::env::var("SECONDS_EACH").unwrap_or_default();
    Duration::from_secs_f64(text.parse().unwrap_or(3.0))
}

/// A directory on the disk the benchmark is started on: /tmp may be memory.
fn place() -> tempfile::TempDir {
    tempfile::tempdir_in(".").unwrap()
}

fn open(path: &Path, synchronous: &str) -> Connection {
    let conn = Connection::open(path).unwrap();
    conn.busy_timeout(Duration::from_secs(30)).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "synchronous", synchronous).unwrap();
    conn.pragma_update(None, "foreign_keys", true).unwrap();
    conn
}

/// What one contender did.
#[derive(Clone)]
struct Score {
    rows: u64,
    time: Duration,
    p50: u64,
    p99: u64,
    p999: u64,
}

impl Score {
    fn of(times: impl IntoIterator<Item = Duration>, time: Duration) -> Self {
        let mut all = Histogram::<u64>::new(3).unwrap();
        for time in times {
            all.record(time.as_nanos() as u64).unwrap();
        }
        let at = |quantile| all.value_at_quantile(quantile);
        Self { rows: all.len(), time, p50: at(0.5), p99: at(0.99), p999: at(0.999) }
    }

    fn rate(&self) -> f64 {
        self.rows as f64 / self.time.as_secs_f64()
    }

    fn print(&self, name: &str) {
        let ms = |nanos: u64| nanos as f64 / 1e6;
        println!(
            "  {name:<34} {:>9.0} rows/s   p50 {:>8.3}  p99 {:>8.3}  p999 {:>8.3} ms",
            self.rate(),
            ms(self.p50),
            ms(self.p99),
            ms(self.p999)
        );
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let value = work();
    (value, started.elapsed())
}

/// The fastest of a few runs.
fn best(runs: usize, mut work: impl FnMut()) -> Duration {
    (0..runs).map(|_| timed(&mut work).1).min().unwrap_or_default()
}
