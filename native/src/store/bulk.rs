//! Very many rows at once.
//!
//! Rows that name the same thing twice are stored once, the last of them. A batch is one transaction, and each row one
//! statement prepared once: that measured faster than statements of many rows, and twice as fast as a savepoint a row.

use std::collections::HashMap;
use std::hash::Hash;

use atra_core::codec::{self, Format};
use atra_core::{Candle, Error, Frame, Result, TimeMs};
use rusqlite::Connection;
use serde::Serialize;

use super::failure::Failure;
use super::signals::{LogEntry, SignalRow};
use super::{Signal, Store};

/// How a bulk operation goes about bad rows, and how many rows share a transaction.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Bulk {
    batch_size: usize,
    skips_bad: bool,
}

impl Bulk {
    /// One bad row fails the whole operation, and nothing of it is stored: it is one transaction, whatever the
    /// batch size.
    pub fn all_or_nothing() -> Self {
        Self { batch_size: 1000, skips_bad: false }
    }

    /// Bad rows are left out and reported, the others stored.
    pub fn skip_bad() -> Self {
        Self { skips_bad: true, ..Self::all_or_nothing() }
    }

    /// How many rows share a transaction when bad ones are skipped; other writes get their turn between two.
    /// Default 1000.
    pub fn batch_size(mut self, rows: usize) -> Self {
        self.batch_size = rows.max(1);
        self
    }
}

/// What a bulk operation did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct BulkReport {
    /// Rows that were new or different from what was stored.
    pub changed: usize,
    /// Rows that were stored already, exactly so.
    pub unchanged: usize,
    /// Rows that a later row of the same call replaced.
    pub duplicates: usize,
    /// Rows that were left out, in order, and why.
    pub errors: Vec<RowError>,
}

/// A row that was left out.
#[derive(Debug)]
pub struct RowError {
    /// Its position in what was given, from 0.
    pub row: usize,
    /// What is wrong with it.
    pub error: Error,
}

/// A signal by what identifies it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SignalKey {
    /// The market.
    pub symbol: String,
    /// The candles' interval.
    pub interval: String,
    /// Name of the strategy.
    pub strategy: String,
    /// Opening time of its bar.
    pub time: TimeMs,
}

impl From<&Signal> for SignalKey {
    fn from(signal: &Signal) -> Self {
        Self {
            symbol: signal.symbol.clone(),
            interval: signal.interval.clone(),
            strategy: signal.strategy.clone(),
            time: signal.time,
        }
    }
}

/// Rows checked and without duplicates, ready to be stored.
struct Checked<R> {
    rows: Vec<(usize, R)>,
    report: BulkReport,
}

/// Checks every row, and keeps the last of those with equal keys.
fn checked<T, R, K: Ord + Hash>(
    options: Bulk,
    rows: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
    what: &str,
    check: impl Fn(T) -> Result<R>,
) -> Result<Checked<R>> {
    let mut report = BulkReport::default();
    let mut kept: Vec<(usize, R)> = Vec::new();
    let mut keys: Vec<K> = Vec::new();
    let mut is_ascending = true;
    for (row, given) in rows.into_iter().enumerate() {
        let key = key(&given);
        match check(given) {
            Ok(good) => {
                is_ascending &= keys.last().is_none_or(|last| *last < key);
                keys.push(key);
                kept.push((row, good));
            }
            Err(error) if options.skips_bad => report.errors.push(RowError { row, error }),
            Err(error) => return Err(error.context(format_args!("{what} {row}"))),
        }
    }
    // Mostly rows come in order, and then none is there twice.
    if !is_ascending {
        let newest: HashMap<K, usize> =
            keys.into_iter().zip(&kept).map(|(key, (row, _))| (key, *row)).collect();
        let mut newest: Vec<usize> = newest.into_values().collect();
        newest.sort_unstable();
        report.duplicates = kept.len() - newest.len();
        kept.retain(|(row, _)| newest.binary_search(row).is_ok());
    }
    Ok(Checked { rows: kept, report })
}

/// What stores one row; returns how many rows that changed.
pub(super) type Insert<'c, R> = Box<dyn FnMut(&R) -> Result<usize, Failure> + 'c>;

impl Store {
    /// Stores signals as [`insert_signals`](Self::insert_signals) does.
    ///
    /// ```
    /// use atra::store::Bulk;
    ///
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// let report = store.bulk_insert_signals(&[], Bulk::skip_bad().batch_size(500))?;
    /// assert_eq!((report.changed, report.errors.len()), (0, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bulk_insert_signals(&self, signals: &[Signal], options: Bulk) -> Result<BulkReport> {
        let keyed = signals
            .iter()
            .map(|signal| ((&signal.symbol, &signal.interval, &signal.strategy, signal.time), signal));
        let rows = checked(options, keyed, |(key, _)| *key, "signal", |(_, signal)| SignalRow::new(signal))?;
        self.bulk(rows, options, "signal", &super::signals::UPSERT_STATEMENTS, super::signals::upsert)
    }

    /// Records what happened to stored signals, as [`log_signal`](Self::log_signal) does. An entry that is
    /// recorded already counts as unchanged, so a retry is harmless.
    pub fn bulk_insert_signals_log(
        &self,
        entries: &[(SignalKey, LogEntry)],
        options: Bulk,
    ) -> Result<BulkReport> {
        let rows = checked(
            options,
            entries,
            |entry| *entry,
            "log entry",
            |(signal, entry)| {
                super::candles::name("event", &entry.event)?;
                Ok((signal, entry))
            },
        )?;
        self.bulk(rows, options, "log entry", &super::signals::LOG_STATEMENTS, super::signals::log)
    }

    /// Stores values under users' keys, as [`set_user_data`](Self::set_user_data) does: rows of user, key, value.
    pub fn bulk_update_user_data<T: Serialize>(
        &self,
        values: &[(&str, &str, T)],
        options: Bulk,
    ) -> Result<BulkReport> {
        let rows = checked(
            options,
            values,
            |(user, key, _)| (*user, *key),
            "value",
            |(user, key, value)| {
                super::candles::name("key", key)?;
                let bytes = codec::encode(value, Format::MessagePack).map_err(|error| error.context(key))?;
                Ok((*user, *key, bytes))
            },
        )?;
        self.bulk(rows, options, "value", &super::users::SET_STATEMENTS, super::users::set)
    }

    /// Stores the candles of many series, as [`upsert_candles`](Self::upsert_candles) does: symbol, interval,
    /// candles. Rows are counted through all the frames.
    pub fn bulk_upsert_candles(&self, series: &[(&str, &str, &Frame)], options: Bulk) -> Result<BulkReport> {
        let mut report = BulkReport::default();
        let mut before = 0;
        let mut parts: Vec<(String, String, Vec<Candle>)> = Vec::new();
        for (symbol, interval, frame) in series {
            let names = super::candles::name("symbol", symbol)
                .and_then(|symbol| Ok((symbol, super::candles::name("interval", interval)?)));
            let (symbol, interval) = names?;
            let mut good = Vec::with_capacity(frame.len());
            for (row, candle) in super::candles::rows(frame)?.into_iter().enumerate() {
                match candle.validate() {
                    Ok(()) => good.push(candle),
                    Err(error) => {
                        let error = error.context(format_args!("{symbol} {interval}: row {row}"));
                        if !options.skips_bad {
                            return Err(error);
                        }
                        report.errors.push(RowError { row: before + row, error });
                    }
                }
            }
            before += frame.len();
            parts.push((symbol, interval, good));
        }
        let stored: usize = parts.iter().map(|(.., candles)| candles.len()).sum();
        let store = |parts: Vec<(String, String, Vec<Candle>)>| {
            self.write(move |conn| {
                let mut changed = 0;
                for (symbol, interval, candles) in &parts {
                    changed += super::candles::upsert(conn, symbol, interval, candles)?;
                }
                Ok(changed)
            })
        };
        if options.skips_bad {
            for (symbol, interval, candles) in parts {
                for batch in candles.chunks(options.batch_size) {
                    report.changed += store(vec![(symbol.clone(), interval.clone(), batch.to_vec())])?;
                }
            }
        } else {
            report.changed = store(parts)?;
        }
        report.unchanged = stored - report.changed;
        Ok(report)
    }

    /// Stores checked rows by what `prepare` makes, which runs none but the `declared` statements.
    fn bulk<R: Send + Sync>(
        &self,
        checked: Checked<R>,
        options: Bulk,
        what: &'static str,
        declared: &'static [&'static str],
        prepare: for<'c> fn(&'c Connection) -> Result<Insert<'c, R>, Failure>,
    ) -> Result<BulkReport> {
        let Checked { rows, mut report } = checked;
        let batch_size = if options.skips_bad { options.batch_size } else { rows.len().max(1) };
        for batch in rows.chunks(batch_size) {
            let (changed, unchanged, mut errors) = self.write_here(declared, |conn| {
                let (mut changed, mut unchanged, mut errors) = (0, 0, Vec::new());
                let mut insert = prepare(conn)?;
                for (row, value) in batch {
                    match insert(value) {
                        Ok(0) => unchanged += 1,
                        Ok(_) => changed += 1,
                        // A full disk undoes everything, not this row alone.
                        Err(failure) if !options.skips_bad || conn.is_autocommit() => {
                            return Err(Error::from(failure).context(format_args!("{what} {row}")).into());
                        }
                        Err(failure) => errors.push(RowError { row: *row, error: failure.into() }),
                    }
                }
                Ok((changed, unchanged, errors))
            })?;
            report.changed += changed;
            report.unchanged += unchanged;
            report.errors.append(&mut errors);
        }
        report.errors.sort_by_key(|error| error.row);
        Ok(report)
    }
}
