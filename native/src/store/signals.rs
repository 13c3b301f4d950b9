//! Signals, and what became of them.

use std::borrow::Cow;
use std::sync::Arc;

use atra_core::codec::{self, Format};
use atra_core::{Error, ErrorKind, Result, TimeMs};
use rusqlite::{Row, params};

use super::candles::{known_symbol, limit, name, symbol_id};
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
        let mut rows = Vec::with_capacity(signals.len());
        for (row, signal) in signals.iter().enumerate() {
            signal.validate().map_err(|error| error.context(format_args!("signal {row}")))?;
            let meta = signal.quality_meta.as_ref();
            let meta = meta.map(|meta| codec::encode(meta, Format::MessagePack)).transpose()?;
            rows.push((signal.clone(), meta));
        }
        self.write(move |conn| {
            let mut upsert = conn.prepare_cached(
                "INSERT INTO signals (symbol_id, time, strategy, side, entry_price, stop_loss, take_profit, score,
                     reason, quality_meta)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (symbol_id, strategy, time) DO UPDATE SET side = excluded.side,
                     entry_price = excluded.entry_price, stop_loss = excluded.stop_loss,
                     take_profit = excluded.take_profit, score = excluded.score, reason = excluded.reason,
                     quality_meta = excluded.quality_meta
                 WHERE (side, entry_price, stop_loss, take_profit, score, reason, quality_meta) IS NOT
                     (excluded.side, excluded.entry_price, excluded.stop_loss, excluded.take_profit,
                      excluded.score, excluded.reason, excluded.quality_meta)",
            )?;
            let mut changed = 0;
            for (signal, meta) in rows {
                changed += upsert.execute(params![
                    symbol_id(conn, &signal.symbol, &signal.interval)?,
                    signal.time,
                    signal.strategy,
                    signal.side.name(),
                    signal.entry_price,
                    signal.stop_loss,
                    signal.take_profit,
                    signal.score,
                    signal.reason,
                    meta
                ])?;
            }
            Ok(changed)
        })
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
            // One statement however many symbols: the list travels as one JSON value.
            let symbols = (!query.symbols.is_empty()).then(|| serde_json::json!(query.symbols).to_string());
            let mut select = conn.prepare_cached(
                "SELECT symbol, interval, time, strategy, side, entry_price, stop_loss, take_profit, score, reason,
                     quality_meta
                 FROM signals JOIN symbols ON symbols.id = symbol_id
                 WHERE (?1 IS NULL OR symbol IN (SELECT value FROM json_each(?1)))
                     AND (?2 IS NULL OR interval = ?2) AND (?3 IS NULL OR strategy = ?3)
                 ORDER BY time DESC, symbol, interval, strategy LIMIT ?4",
            )?;
            let mut rows = select.query(params![symbols, query.interval, query.strategy, limit(query.limit)])?;
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
        let (event, note) = (name("event", event)?, note.to_owned());
        let Signal { symbol, interval, strategy, time: of, .. } = signal;
        let (symbol, interval, strategy, of) = (symbol.clone(), interval.clone(), strategy.clone(), *of);
        self.statement(move |conn| {
            let mut insert = conn.prepare_cached(
                "INSERT INTO signals_log (signal_id, time, event, note)
                 SELECT signals.id, ?5, ?6, ?7 FROM signals JOIN symbols ON symbols.id = symbol_id
                 WHERE symbol = ?1 AND interval = ?2 AND strategy = ?3 AND signals.time = ?4",
            )?;
            if insert.execute(params![symbol, interval, strategy, of, time, event, note])? == 0 {
                let message = format!("no {strategy} signal of {symbol} {interval} at {of} is stored");
                return Err(Error::new(ErrorKind::NotFound, message).into());
            }
            Ok(())
        })
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

/// A row as a signal, and how many bytes its `quality_meta` has.
fn read_signal(row: &Row<'_>) -> Result<(Signal, usize), Failure> {
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
