//! Very many rows, a chunk at a time: in bounded memory, as fast as they are taken, resumable.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use atra_core::{Frame, Result, TimeMs};
use futures_core::Stream;
use rusqlite::params;

use super::candles::{CandleQuery, known_symbol};
use super::failure::Failure;
use super::signals::{LogEntry, read_signal};
use super::ticket::Ticket;
use super::{Signal, Store, chunks};

/// Where a chunk ended: the time of a candle, the number of a row.
type Position = i64;

/// Loads one chunk: rows after a position, at most so many; and where it ended and how many rows it has.
type Step<T> = Arc<dyn Fn(&Store, Option<Position>, usize) -> Result<Chunk<T>> + Send + Sync>;

/// What a step returns: the chunk, its end and its rows.
type Chunk<T> = Option<(T, Position, usize)>;

/// A stream of chunks, in the order of their keys; take it with `.next().await` on any runtime, or
/// [`blocking`](Self::blocking).
///
/// The next chunk is read while the last one is worked on, and no further: two chunks are in memory at most. Each
/// is one read of its own, so rows that are written meanwhile are met or not, and the log is never held up.
#[must_use = "a loader reads when it is polled"]
pub struct Loader<T> {
    store: Store,
    step: Step<T>,
    rows: usize,
    position: Option<Position>,
    loaded: u64,
    total: u64,
    next: Option<Ticket<Chunk<T>>>,
    is_done: bool,
}

impl<T: Send + 'static> Loader<T> {
    fn new(store: &Store, total: u64, step: Step<T>) -> Self {
        Self {
            store: store.clone(),
            step,
            rows: 50_000,
            position: None,
            loaded: 0,
            total,
            next: None,
            is_done: false,
        }
    }

    /// How many rows a chunk has at most. Default 50,000.
    pub fn chunk_rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// Goes on behind this [`position`](Self::position) of an earlier loader.
    pub fn after(mut self, position: i64) -> Self {
        self.position = Some(position);
        self
    }

    /// The end of the last chunk that was taken, to go on [`after`](Self::after).
    #[must_use]
    pub fn position(&self) -> Option<i64> {
        self.position
    }

    /// How many rows were taken.
    #[must_use]
    pub fn loaded(&self) -> u64 {
        self.loaded
    }

    /// How many rows there were when the loader was made, those before [`after`](Self::after) included.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The chunks, for threads that may wait.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<T>> {
        std::iter::from_fn(move || {
            let ticket = match self.request() {
                Ok(ticket) => ticket?,
                Err(error) => return Some(self.fail(error)),
            };
            let chunk = ticket.wait();
            self.take(chunk)
        })
    }

    /// The read under way, or a new one.
    fn request(&mut self) -> Result<Option<Ticket<Chunk<T>>>> {
        if self.is_done {
            return Ok(None);
        }
        if let Some(ticket) = self.next.take() {
            return Ok(Some(ticket));
        }
        let (step, position, rows) = (Arc::clone(&self.step), self.position, self.rows);
        self.store.spawn(move |store| step(store, position, rows)).map(Some)
    }

    fn fail(&mut self, error: atra_core::Error) -> Result<T> {
        self.is_done = true;
        Err(error)
    }

    /// Accounts for a chunk that came, and asks for the one after it.
    fn take(&mut self, chunk: Result<Chunk<T>>) -> Option<Result<T>> {
        match chunk {
            Ok(Some((chunk, position, rows))) => {
                self.position = Some(position);
                self.loaded += rows as u64;
                if rows < self.rows {
                    self.is_done = true;
                } else {
                    // What fails now fails again when it is asked for.
                    self.next = self.request().ok().flatten();
                }
                Some(Ok(chunk))
            }
            Ok(None) => {
                self.is_done = true;
                None
            }
            Err(error) => Some(self.fail(error)),
        }
    }
}

impl<T> Unpin for Loader<T> {}

impl<T: Send + 'static> Stream for Loader<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        let this = self.get_mut();
        let mut ticket = match this.request() {
            Ok(Some(ticket)) => ticket,
            Ok(None) => return Poll::Ready(None),
            Err(error) => return Poll::Ready(Some(this.fail(error))),
        };
        match Pin::new(&mut ticket).poll(context) {
            Poll::Pending => {
                this.next = Some(ticket);
                Poll::Pending
            }
            Poll::Ready(chunk) => Poll::Ready(this.take(chunk)),
        }
    }
}

impl<T> std::fmt::Debug for Loader<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loader")
            .field("position", &self.position)
            .field("loaded", &self.loaded)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The candles of a series as frames, oldest first, within the times of `query`. Positions are times.
    ///
    /// ```
    /// use atra::{Candle, Frame, Store, store::CandleQuery};
    ///
    /// # let directory = tempfile::tempdir()?;
    /// let store = Store::open(directory.path().join("bot.db"))?;
    /// let candle = |time| Candle { time, open: 1.0, high: 2.0, low: 1.0, close: 2.0, volume: 9.0 };
    /// store.upsert_candles("BTCUSDT", "1h", &Frame::candles((0..250).map(candle))?)?;
    /// let loader = store.load_candles("BTCUSDT", "1h", CandleQuery::default())?.chunk_rows(100);
    /// let lengths: Vec<usize> = loader.blocking().map(|frame| Ok(frame?.len())).collect::<atra::Result<_>>()?;
    /// assert_eq!(lengths, [100, 100, 50]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn load_candles(&self, symbol: &str, interval: &str, query: CandleQuery) -> Result<Loader<Frame>> {
        let id = self.read(|conn| known_symbol(conn, symbol, Some(interval)))?;
        let total = self
            .symbols()?
            .iter()
            .find(|info| info.symbol == symbol && info.interval == interval)
            .map_or(0, |info| info.candles);
        let step = move |store: &Store, after: Option<Position>, rows: usize| {
            let from = match after {
                Some(TimeMs::MAX) => return Ok(None),
                Some(after) => query.from.unwrap_or(TimeMs::MIN).max(after + 1),
                None => query.from.unwrap_or(TimeMs::MIN),
            };
            let frame = store.read(|conn| chunks::read_first(conn, id, from, query.to, rows))?;
            let last = frame.time().last().copied();
            let rows = frame.len();
            Ok(last.map(|last| (frame, last, rows)))
        };
        Ok(Loader::new(self, total, Arc::new(step)))
    }

    /// Every signal, in the order they were stored. Positions are row numbers.
    pub fn load_signals(&self) -> Result<Loader<Vec<Signal>>> {
        let total = self.count("SELECT count(*) FROM signals")?;
        let step = |store: &Store, after: Option<Position>, rows: usize| {
            store.read(|conn| {
                let mut select = conn.prepare_cached(
                    "SELECT signals.id, symbol, interval, time, strategy, side, entry_price, stop_loss,
                         take_profit, score, reason, quality_meta
                     FROM signals JOIN symbols ON symbols.id = symbol_id
                     WHERE signals.id > ?1 ORDER BY signals.id LIMIT ?2",
                )?;
                let mut found = select.query(params![after.unwrap_or(0), limit(rows)])?;
                let (mut signals, mut last) = (Vec::new(), 0);
                while let Some(row) = found.next()? {
                    last = row.get(0)?;
                    signals.push(read_signal(row)?.0);
                }
                let rows = signals.len();
                Ok((rows > 0).then_some((signals, last, rows)))
            })
        };
        Ok(Loader::new(self, total, Arc::new(step)))
    }

    /// Everything that happened to signals, in the order it was recorded: signal, entry. Positions are row numbers.
    pub fn load_signals_log(&self) -> Result<Loader<Vec<(super::SignalKey, LogEntry)>>> {
        let total = self.count("SELECT count(*) FROM signals_log")?;
        let step = |store: &Store, after: Option<Position>, rows: usize| {
            store.read(|conn| {
                let mut select = conn.prepare_cached(
                    "SELECT signals_log.id, symbol, interval, strategy, signals.time, signals_log.time, event, note
                     FROM signals_log JOIN signals ON signals.id = signal_id JOIN symbols ON symbols.id = symbol_id
                     WHERE signals_log.id > ?1 ORDER BY signals_log.id LIMIT ?2",
                )?;
                let mut found = select.query(params![after.unwrap_or(0), limit(rows)])?;
                let (mut entries, mut last) = (Vec::new(), 0);
                while let Some(row) = found.next()? {
                    last = row.get(0)?;
                    let key = super::SignalKey {
                        symbol: row.get(1)?,
                        interval: row.get(2)?,
                        strategy: row.get(3)?,
                        time: row.get(4)?,
                    };
                    entries.push((key, LogEntry { time: row.get(5)?, event: row.get(6)?, note: row.get(7)? }));
                }
                let rows = entries.len();
                Ok((rows > 0).then_some((entries, last, rows)))
            })
        };
        Ok(Loader::new(self, total, Arc::new(step)))
    }

    fn count(&self, sql: &str) -> Result<u64> {
        let count: i64 = self.read(|conn| Ok::<_, Failure>(conn.query_row(sql, [], |row| row.get(0))?))?;
        Ok(count.unsigned_abs())
    }
}

fn limit(rows: usize) -> i64 {
    super::candles::limit(Some(rows))
}
