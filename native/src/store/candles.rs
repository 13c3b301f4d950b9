//! Candles and the symbols they belong to.

use std::sync::Arc;

use atra_core::error::nearest;
use atra_core::{Candle, Error, ErrorKind, Frame, Result, TimeMs};
use rusqlite::{Connection, OptionalExtension, params};

use super::chunks;
use super::failure::Failure;
use super::tables::{CANDLES, SYMBOLS};
use super::{Key, Loaded, Store};

/// Which candles to read: a range of times, the last so many, or the last so many of a range.
///
/// ```
/// use atra::store::CandleQuery;
///
/// let all = CandleQuery::default();
/// let recent = CandleQuery::last(500);
/// let day = CandleQuery::range(0, 86_400_000);
/// let evening = CandleQuery { last: Some(4), ..day };
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CandleQuery {
    /// Only candles that opened at this time or later.
    pub from: Option<TimeMs>,
    /// Only candles that opened before this time.
    pub to: Option<TimeMs>,
    /// Only the last so many of those.
    pub last: Option<usize>,
}

impl CandleQuery {
    /// The last `candles`.
    #[must_use]
    pub fn last(candles: usize) -> Self {
        Self { last: Some(candles), ..Self::default() }
    }

    /// The candles that opened at `from` or later, and before `to`.
    #[must_use]
    pub fn range(from: TimeMs, to: TimeMs) -> Self {
        Self { from: Some(from), to: Some(to), last: None }
    }
}

/// A symbol and interval the store knows, and the candles it has of them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SymbolInfo {
    /// The market, as the exchange names it.
    pub symbol: String,
    /// The candles' interval.
    pub interval: String,
    /// How many candles; a symbol may be known by its signals alone.
    pub candles: u64,
    /// When the first one opened.
    pub first: Option<TimeMs>,
    /// When the last one opened.
    pub last: Option<TimeMs>,
}

impl Store {
    /// Stores a frame's candles, replacing those of the same times; all or nothing. Returns how many were new
    /// or different from what was there, so storing the same frame again returns 0.
    ///
    /// Only the columns of [`Candle::COLUMNS`] are stored. Fails on the first invalid candle, naming its row.
    /// A frame is one write: the others wait while a very long one is stored.
    pub fn upsert_candles(&self, symbol: &str, interval: &str, frame: &Frame) -> Result<usize> {
        let rows = valid(rows(frame)).map_err(|error| error.context(format_args!("{symbol} {interval}")))?;
        let (symbol, interval) = (name("symbol", symbol)?, name("interval", interval)?);
        if rows.is_empty() {
            self.inner.health.check()?;
            return Ok(0);
        }
        self.write(move |conn| upsert(conn, &symbol, &interval, &rows))
    }

    /// Removes the candles that `query` asks for, `last` aside; returns how many there were.
    pub fn delete_candles(&self, symbol: &str, interval: &str, query: CandleQuery) -> Result<usize> {
        let (symbol, interval) = (symbol.to_owned(), interval.to_owned());
        let from = query.from.unwrap_or(TimeMs::MIN);
        let to = match query.to {
            Some(TimeMs::MIN) => return Ok(0),
            Some(to) => to - 1,
            None => TimeMs::MAX,
        };
        self.write(move |conn| {
            let id = known_symbol(conn, &symbol, Some(&interval))?;
            chunks::remove(conn, id, from, to)
        })
    }

    /// The candles of a symbol and interval, oldest first; empty when none are in the range.
    ///
    /// Fails with [`ErrorKind::NotFound`] for a symbol or interval the store does not know; the error names
    /// those there are.
    pub fn candles(&self, symbol: &str, interval: &str, query: CandleQuery) -> Result<Arc<Frame>> {
        let key = Key::Candles(symbol.into(), interval.into(), query);
        self.cached(key, SYMBOLS.with(CANDLES), |conn| {
            let id = known_symbol(conn, symbol, Some(interval))?;
            let frame = chunks::read(conn, id, query)?;
            let bytes = size_of::<Frame>() + frame.len() * size_of::<Candle>();
            Ok(Loaded { value: frame, bytes: Some(bytes) })
        })
    }

    /// Every symbol and interval, in alphabetical order.
    pub fn symbols(&self) -> Result<Arc<Vec<SymbolInfo>>> {
        self.cached(Key::Symbols, SYMBOLS.with(CANDLES), |conn| {
            let mut select = conn.prepare_cached(
                "SELECT symbol, interval, coalesce(rows.count, 0) + coalesce(chunks.count, 0),
                     min(coalesce(rows.first, chunks.first), coalesce(chunks.first, rows.first)),
                     max(coalesce(rows.last, chunks.last), coalesce(chunks.last, rows.last))
                 FROM symbols
                 LEFT JOIN (SELECT symbol_id, count(*) AS count, min(time) AS first, max(time) AS last
                            FROM candle_rows GROUP BY symbol_id) AS rows ON rows.symbol_id = id
                 LEFT JOIN (SELECT symbol_id, sum(rows) AS count, min(first) AS first, max(last) AS last
                            FROM candle_chunks GROUP BY symbol_id) AS chunks ON chunks.symbol_id = id
                 ORDER BY symbol, interval",
            )?;
            let symbols = select.query_map([], |row| {
                Ok(SymbolInfo {
                    symbol: row.get(0)?,
                    interval: row.get(1)?,
                    candles: row.get::<_, i64>(2)?.unsigned_abs(),
                    first: row.get(3)?,
                    last: row.get(4)?,
                })
            })?;
            let symbols = symbols.collect::<rusqlite::Result<Vec<_>>>()?;
            let bytes = symbols.len() * (size_of::<SymbolInfo>() + 16);
            Ok(Loaded { value: symbols, bytes: Some(bytes) })
        })
    }
}

pub(super) const ADD_SYMBOL: &str =
    "INSERT INTO symbols (symbol, interval) VALUES (?1, ?2) ON CONFLICT DO NOTHING";

/// The id of a symbol and interval, which become known if they were not.
pub(super) fn symbol_id(conn: &Connection, symbol: &str, interval: &str) -> Result<i64, Failure> {
    conn.prepare_cached(ADD_SYMBOL)?.execute([symbol, interval])?;
    let mut select = conn.prepare_cached("SELECT id FROM symbols WHERE symbol = ?1 AND interval = ?2")?;
    Ok(select.query_row([symbol, interval], |row| row.get(0))?)
}

/// The id of a symbol, of this interval if one is given; else an error that helps to find the right name.
pub(super) fn known_symbol(conn: &Connection, symbol: &str, interval: Option<&str>) -> Result<i64, Failure> {
    let mut select = conn.prepare_cached(
        "SELECT id FROM symbols WHERE symbol = ?1 AND (?2 IS NULL OR interval = ?2) LIMIT 1",
    )?;
    match select.query_row(params![symbol, interval], |row| row.get(0)).optional()? {
        Some(id) => Ok(id),
        None => Err(unknown_symbol(conn, symbol, interval)?.into()),
    }
}

fn unknown_symbol(conn: &Connection, symbol: &str, interval: Option<&str>) -> Result<Error, Failure> {
    let names = |sql: &str, of: &[&str]| -> rusqlite::Result<Vec<String>> {
        conn.prepare_cached(sql)?.query_map(rusqlite::params_from_iter(of), |row| row.get(0))?.collect()
    };
    let intervals = names("SELECT interval FROM symbols WHERE symbol = ?1 ORDER BY interval", &[symbol])?;
    if let (Some(interval), false) = (interval, intervals.is_empty()) {
        let message = format!("no interval `{interval}` of `{symbol}`; there are: {}", listed(&intervals));
        return Ok(Error::new(ErrorKind::NotFound, message));
    }
    let symbols = names("SELECT DISTINCT symbol FROM symbols ORDER BY symbol", &[])?;
    let help = match nearest(symbol, symbols.iter().map(String::as_str)) {
        _ if symbols.is_empty() => "the store holds no symbols yet".to_owned(),
        Some(near) => format!("did you mean `{near}`? There are: {}", listed(&symbols)),
        None => format!("there are: {}", listed(&symbols)),
    };
    Ok(Error::new(ErrorKind::NotFound, format!("unknown symbol `{symbol}`; {help}")))
}

/// The names, or the first of very many.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 20;
    match names.split_at_checked(SHOWN) {
        Some((shown, rest)) if !rest.is_empty() => format!("{} and {} more", shown.join(", "), rest.len()),
        _ => names.join(", "),
    }
}

/// A name to store; an empty one is refused here, where the field is known.
pub(super) fn name(field: &str, name: &str) -> Result<String> {
    if name.is_empty() {
        return Err(Error::new(ErrorKind::Parameter, format!("{field} must not be empty")));
    }
    Ok(name.to_owned())
}

/// SQLite's LIMIT: negative for none.
pub(super) fn limit(rows: Option<usize>) -> i64 {
    rows.map_or(-1, |rows| i64::try_from(rows).unwrap_or(i64::MAX))
}

/// The frame's candles, not yet checked.
pub(super) fn rows(frame: &Frame) -> Result<Vec<Candle>> {
    let mut columns = [[].as_slice(); 5];
    for (column, name) in columns.iter_mut().zip(Candle::COLUMNS) {
        *column = frame.column(name)?;
    }
    let candle = |(row, &time): (usize, &TimeMs)| {
        Candle::from_values(time, columns.map(|column| column.get(row).copied().unwrap_or(f64::NAN)))
    };
    Ok(frame.time().iter().enumerate().map(candle).collect())
}

fn valid(rows: Result<Vec<Candle>>) -> Result<Vec<Candle>> {
    let rows = rows?;
    for (row, candle) in rows.iter().enumerate() {
        candle.validate().map_err(|error| error.context(format_args!("row {row}")))?;
    }
    Ok(rows)
}

/// Stores checked candles of a series; how many were new or different.
pub(super) fn upsert(
    conn: &Connection,
    symbol: &str,
    interval: &str,
    candles: &[Candle],
) -> Result<usize, Failure> {
    chunks::upsert(conn, symbol_id(conn, symbol, interval)?, candles)
}
