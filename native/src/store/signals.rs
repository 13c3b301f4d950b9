//! Signals, and what became of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use atra_core::codec::{self, Format};
use atra_core::{Error, ErrorKind, Result, TimeMs};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::bulk::{Bulk, Insert, SignalKey};
use super::candles::{ADD_SYMBOL, known_symbol, limit, name, symbol_id};
use super::connect::list;
use super::failure::Failure;
use super::tables::{SIGNALS, SYMBOLS};
use super::{Key, Loaded, Signal, Store};

/// Which signals to read; the default is all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SignalQuery {
    /// Only these symbols; all when empty.
    pub symbols: Vec<String>,
    /// Only this interval.
    pub interval: Option<String>,
    /// Only this strategy.
    pub strategy: Option<String>,
    /// Only the newest so many.
    pub limit: Option<usize>,
}

/// Something that happened to a signal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct LogEntry {
    /// When.
    pub time: TimeMs,
    /// What: `sent`, `filled`, `stopped` …
    pub event: String,
    /// Details for a person.
    pub note: String,
}

impl Store {
    /// Stores signals, replacing those of the same symbol, interval, strategy and time; all or nothing. Returns
    /// how many were new or different from what was there, so a retry is harmless.
    ///
    /// Fails on the first invalid signal, naming its row; see [`Signal::validate`].
    pub fn insert_signals(&self, signals: &[Signal]) -> Result<usize> {
        Ok(self.bulk_insert_signals(signals, Bulk::all_or_nothing())?.changed)
    }

    /// The signals asked for, newest first.
    ///
    /// Fails with [`ErrorKind::NotFound`] for a symbol the store does not know.
    pub fn signals(&self, query: &SignalQuery) -> Result<Arc<Vec<Signal>>> {
        let key = Key::Signals(Cow::Borrowed(query));
        self.cached(key, SYMBOLS.with(SIGNALS), |conn| {
            for symbol in &query.symbols {
                known_symbol(conn, symbol, query.interval.as_deref())?;
            }
            // One statement however many symbols: the list travels as one value.
            let symbols = list(query.symbols.iter().map(String::as_str));
            let mut select = conn.prepare_cached(
                "SELECT symbol, interval, time, strategy, side, entry_price, stop_loss, take_profit, score, reason,
                     quality_meta
                 FROM signals JOIN symbols ON symbols.id = symbol_id
                 WHERE (?5 OR symbol IN rarray(?1))
                     AND (?2 IS NULL OR interval = ?2) AND (?3 IS NULL OR strategy = ?3)
                 ORDER BY time DESC, symbol, interval, strategy LIMIT ?4",
            )?;
            let limit = limit(query.limit);
            let all = query.symbols.is_empty();
            let mut rows = select.query(params![symbols, query.interval, query.strategy, limit, all])?;
            let (mut signals, mut bytes) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let (signal, meta_bytes) = read_signal(row)?;
                // A tree of values takes several times its encoded size.
                bytes += size_of::<Signal>() + 40 + signal.reason.len() + 4 * meta_bytes;
                signals.push(signal);
            }
            Ok(Loaded { value: signals, bytes: Some(bytes) })
        })
    }

    /// Records what happened to a stored signal.
    ///
    /// Fails with [`ErrorKind::NotFound`] when it is not stored.
    pub fn log_signal(&self, signal: &Signal, time: TimeMs, event: &str, note: &str) -> Result<()> {
        let entry = LogEntry { time, event: name("event", event)?, note: note.to_owned() };
        let signal = SignalKey::from(signal);
        self.statement(move |conn| log(conn)?(&(&signal, &entry)).map(drop))
    }

    /// What happened to a signal, oldest first.
    pub fn signal_log(&self, signal: &Signal) -> Result<Vec<LogEntry>> {
        let Signal { symbol, interval, strategy, time, .. } = signal;
        self.read(|conn| {
            let mut select = conn.prepare_cached(
                "SELECT signals_log.time, event, note FROM signals_log
                 JOIN signals ON signals.id = signal_id JOIN symbols ON symbols.id = symbol_id
                 WHERE symbol = ?1 AND interval = ?2 AND strategy = ?3 AND signals.time = ?4
                 ORDER BY signals_log.time, signals_log.id",
            )?;
            let entries = select.query_map(params![symbol, interval, strategy, time], |row| {
                Ok(LogEntry { time: row.get(0)?, event: row.get(1)?, note: row.get(2)? })
            })?;
            Ok(entries.collect::<rusqlite::Result<Vec<_>>>()?)
        })
    }
}

/// A signal that was checked, with its free-form part encoded.
pub(super) struct SignalRow<'a> {
    signal: &'a Signal,
    meta: Option<Vec<u8>>,
}

impl<'a> SignalRow<'a> {
    pub(super) fn new(signal: &'a Signal) -> Result<Self> {
        signal.validate()?;
        let meta = signal.quality_meta.as_ref();
        let meta = meta.map(|meta| codec::encode(meta, Format::MessagePack)).transpose()?;
        Ok(Self { signal, meta })
    }
}

const UPSERT: &str = "
    INSERT INTO signals (symbol_id, time, strategy, side, entry_price, stop_loss, take_profit, score, reason,
        quality_meta)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
    ON CONFLICT (symbol_id, strategy, time) DO UPDATE SET side = excluded.side,
        entry_price = excluded.entry_price, stop_loss = excluded.stop_loss, take_profit = excluded.take_profit,
        score = excluded.score, reason = excluded.reason, quality_meta = excluded.quality_meta
    WHERE (side, entry_price, stop_loss, take_profit, score, reason, quality_meta) IS NOT
        (excluded.side, excluded.entry_price, excluded.stop_loss, excluded.take_profit, excluded.score,
         excluded.reason, excluded.quality_meta)";

pub(super) const UPSERT_STATEMENTS: [&str; 2] = [UPSERT, ADD_SYMBOL];

/// What stores a signal; 0 when it was there already, exactly so.
pub(super) fn upsert<'r>(conn: &Connection) -> Result<Insert<'_, SignalRow<'r>>, Failure> {
    let mut upsert = conn.prepare_cached(UPSERT)?;
    // Neighbours mostly are of one series.
    let mut last = (String::new(), String::new(), 0);
    Ok(Box::new(move |row| {
        let SignalRow { signal, meta } = row;
        if last.0 != signal.symbol || last.1 != signal.interval {
            let id = symbol_id(conn, &signal.symbol, &signal.interval)?;
            last = (signal.symbol.clone(), signal.interval.clone(), id);
        }
        let id = last.2;
        Ok(upsert.execute(params![
            id,
            signal.time,
            signal.strategy,
            signal.side.name(),
            signal.entry_price,
            signal.stop_loss,
            signal.take_profit,
            signal.score,
            signal.reason,
            meta
        ])?)
    }))
}

const LOG: &str = "
    INSERT INTO signals_log (signal_id, time, event, note) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS
        (SELECT 1 FROM signals_log WHERE signal_id = ?1 AND time = ?2 AND event = ?3 AND note = ?4)";

pub(super) const LOG_STATEMENTS: [&str; 1] = [LOG];

/// What records an entry of a stored signal; 0 when it is recorded already.
pub(super) fn log<'r>(conn: &Connection) -> Result<Insert<'_, (&'r SignalKey, &'r LogEntry)>, Failure> {
    let mut insert = conn.prepare_cached(LOG)?;
    let mut ids: HashMap<SignalKey, i64> = HashMap::new();
    Ok(Box::new(move |(signal, entry)| {
        let id = if let Some(id) = ids.get(*signal) {
            *id
        } else {
            let SignalKey { symbol, interval, strategy, time } = signal;
            let mut find = conn.prepare_cached(
                "SELECT signals.id FROM signals JOIN symbols ON symbols.id = symbol_id
                 WHERE symbol = ?1 AND interval = ?2 AND strategy = ?3 AND signals.time = ?4",
            )?;
            let id =
                find.query_row(params![symbol, interval, strategy, time], |row| row.get(0)).optional()?;
            let Some(id) = id else {
                let message = format!("no {strategy} signal of {symbol} {interval} at {time} is stored");
                return Err(Error::new(ErrorKind::NotFound, message).into());
            };
            *ids.entry((*signal).clone()).or_insert(id)
        };
        Ok(insert.execute(params![id, entry.time, entry.event, entry.note])?)
    }))
}

/// A row as a signal, and how many bytes its `quality_meta` has.
pub(super) fn read_signal(row: &Row<'_>) -> Result<(Signal, usize), Failure> {
    let meta: Option<Vec<u8>> = row.get("quality_meta")?;
    let signal = Signal {
        symbol: row.get("symbol")?,
        interval: row.get("interval")?,
        time: row.get("time")?,
        strategy: row.get("strategy")?,
        side: row.get::<_, String>("side")?.parse()?,
        entry_price: row.get("entry_price")?,
        stop_loss: row.get("stop_loss")?,
        take_profit: row.get("take_profit")?,
        score: row.get("score")?,
        reason: row.get("reason")?,
        quality_meta: match &meta {
            Some(bytes) => Some(codec::decode(bytes).map_err(|error| error.context("quality_meta"))?),
            None => None,
        },
    };
    Ok((signal, meta.map_or(0, |bytes| bytes.len())))
}
