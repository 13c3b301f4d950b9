//! Candles at rest: columns of a few thousand bars in one blob, and the newest bars as rows.
//!
//! A blob is a CRC-32 of what follows, then the times and the columns of [`Candle::COLUMNS`], 8 bytes a value,
//! little-endian. Reading a million candles is a copy, several times faster than a million rows, and a single value
//! stands at a place that SQL functions can compute, so the view `candles` shows all of them. Chunks of one series do
//! not overlap, and no row lies between the first and the last time of a chunk.

use atra_core::{Candle, Error, ErrorKind, Frame, Result, TimeMs};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, params};

use super::candles::{CandleQuery, limit};
use super::failure::{Failure, sql_error};

/// Bars in a chunk that was just made. As many of the newest always stay rows, where a forming bar is cheap to
/// replace.
const CHUNK: usize = 2048;

/// A chunk that corrections made longer than this is split. The table `candle_numbers` counts as far.
const LONGEST: usize = 2 * CHUNK;

const CHECKSUM: usize = 4;
const COLUMNS: usize = 1 + Candle::COLUMNS.len();

/// The columns of a frame that is being read.
#[derive(Default)]
struct Columns {
    time: Vec<TimeMs>,
    values: [Vec<f64>; 5],
}

fn pack(candles: &[Candle]) -> Vec<u8> {
    let mut data = Vec::with_capacity(CHECKSUM + candles.len() * COLUMNS * 8);
    data.extend([0; CHECKSUM]);
    for candle in candles {
        data.extend(candle.time.to_le_bytes());
    }
    for column in 0..Candle::COLUMNS.len() {
        for candle in candles {
            data.extend(candle.values().get(column).copied().unwrap_or(f64::NAN).to_le_bytes());
        }
    }
    let (checksum, rest) = data.split_at_mut(CHECKSUM);
    checksum.copy_from_slice(&crc32fast::hash(rest).to_le_bytes());
    data
}

/// The columns' bytes, checked.
fn columns(data: &[u8]) -> Result<impl Iterator<Item = &[[u8; 8]]>> {
    let (checksum, rest) = data.split_at_checked(CHECKSUM).unwrap_or_default();
    let (values, odd) = rest.as_chunks::<8>();
    let rows = values.len() / COLUMNS;
    if checksum != crc32fast::hash(rest).to_le_bytes() || !odd.is_empty() || rows * COLUMNS != values.len() {
        return Err(Error::new(ErrorKind::Format, "stored candles are damaged: their checksum is wrong"));
    }
    Ok(values.chunks_exact(rows.max(1)))
}

fn unpack(data: &[u8]) -> Result<Vec<Candle>> {
    let mut all = Columns::default();
    all.append(data, TimeMs::MIN, TimeMs::MAX)?;
    Ok((0..all.time.len()).filter_map(|row| all.candle(row)).collect())
}

impl Columns {
    /// Appends the candles of a chunk that open within the times, both included.
    fn append(&mut self, data: &[u8], from: TimeMs, to: TimeMs) -> Result<()> {
        let mut columns = columns(data)?;
        let times = columns.next().unwrap_or_default();
        let start = times.partition_point(|time| TimeMs::from_le_bytes(*time) < from);
        let end = times.partition_point(|time| TimeMs::from_le_bytes(*time) <= to).max(start);
        self.time
            .extend(times.get(start..end).unwrap_or_default().iter().copied().map(TimeMs::from_le_bytes));
        for (values, column) in self.values.iter_mut().zip(columns) {
            values.extend(column.get(start..end).unwrap_or_default().iter().copied().map(f64::from_le_bytes));
        }
        Ok(())
    }

    fn push(&mut self, candle: Candle) {
        self.time.push(candle.time);
        for (values, value) in self.values.iter_mut().zip(candle.values()) {
            values.push(value);
        }
    }

    fn candle(&self, row: usize) -> Option<Candle> {
        let mut values = [f64::NAN; 5];
        for (value, column) in values.iter_mut().zip(&self.values) {
            *value = *column.get(row)?;
        }
        Some(Candle::from_values(*self.time.get(row)?, values))
    }

    /// Puts rows that were written past the store, by SQL, where they belong.
    fn sort(&mut self) {
        if self.time.is_sorted_by(|a, b| a < b) {
            return;
        }
        // The last of equal times is a row, which is newer than a chunk.
        let all = (0..self.time.len()).filter_map(|row| self.candle(row));
        let sorted: std::collections::BTreeMap<TimeMs, Candle> =
            all.map(|candle| (candle.time, candle)).collect();
        *self = Self::default();
        for candle in sorted.into_values() {
            self.push(candle);
        }
    }

    fn into_frame(mut self, last: Option<usize>) -> Result<Frame> {
        self.sort();
        let skip = last.map_or(0, |last| self.time.len().saturating_sub(last));
        self.time.drain(..skip);
        let mut frame = Frame::new(self.time)?;
        for (name, mut values) in Candle::COLUMNS.into_iter().zip(self.values) {
            values.drain(..skip);
            frame = frame.with_column(name, values)?;
        }
        Ok(frame)
    }
}

/// A chunk without its data.
#[derive(Clone, Copy)]
struct Span {
    id: i64,
    first: TimeMs,
    last: TimeMs,
    rows: usize,
}

/// The chunks that touch the times, newest first, up to the first that `enough` says is not needed.
fn spans(
    conn: &Connection,
    symbol: i64,
    from: TimeMs,
    to: TimeMs,
    mut enough: impl FnMut(&Span) -> bool,
) -> rusqlite::Result<Vec<Span>> {
    let mut select = conn.prepare_cached(
        "SELECT id, first, last, rows FROM candle_chunks WHERE symbol_id = ?1 AND first <= ?2
         ORDER BY first DESC",
    )?;
    let mut found = select.query(params![symbol, to])?;
    let mut spans = Vec::new();
    while let Some(row) = found.next()? {
        let rows = usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0);
        let span = Span { id: row.get(0)?, first: row.get(1)?, last: row.get(2)?, rows };
        if span.last < from {
            break;
        }
        if enough(&span) {
            break;
        }
        spans.push(span);
    }
    Ok(spans)
}

fn data(conn: &Connection, span: Span) -> Result<Vec<Candle>, Failure> {
    let mut select = conn.prepare_cached("SELECT data FROM candle_chunks WHERE id = ?1")?;
    let unpacked = select.query_row([span.id], |row| Ok(row.get_ref(0)?.as_blob().map(unpack)?))?;
    Ok(unpacked?)
}

/// The candles a query asks for.
pub(super) fn read(conn: &Connection, symbol: i64, query: CandleQuery) -> Result<Frame, Failure> {
    let from = query.from.unwrap_or(TimeMs::MIN);
    let to = match query.to {
        // Nothing opens before the first representable time.
        Some(TimeMs::MIN) => return Ok(Frame::empty_candles(0)),
        Some(to) => to - 1,
        None => TimeMs::MAX,
    };
    let mut newest = Vec::new();
    let mut select = conn.prepare_cached(
        "SELECT time, open, high, low, close, volume FROM candle_rows
         WHERE symbol_id = ?1 AND time BETWEEN ?2 AND ?3 ORDER BY time DESC LIMIT ?4",
    )?;
    let mut rows = select.query(params![symbol, from, to, limit(query.last)])?;
    while let Some(row) = rows.next()? {
        newest.push(candle(row)?);
    }

    // Candles known to be newer than all chunks not looked at yet. Rows may lie between chunks, or correct a candle of
    // one: only those after the newest chunk are sure to count.
    let (mut known, mut after_chunks) = (0, None);
    let spans = spans(conn, symbol, from, to, |span| {
        let after = after_chunks
            .get_or_insert_with(|| newest.iter().filter(|candle: &&Candle| candle.time > span.last).count());
        if query.last.is_some_and(|last| known + *after >= last) {
            return true;
        }
        // One that reaches past the range has fewer to give.
        known += if span.last <= to { span.rows } else { 0 };
        false
    })?;
    let mut all = Columns::default();
    let count: usize = spans.iter().map(|span| span.rows).sum::<usize>() + newest.len();
    all.time.reserve(count);
    all.values.iter_mut().for_each(|values| values.reserve(count));
    let mut select = conn.prepare_cached("SELECT data FROM candle_chunks WHERE id = ?1")?;
    for span in spans.into_iter().rev() {
        let appended =
            select.query_row([span.id], |row| Ok(all.append(row.get_ref(0)?.as_blob()?, from, to)))?;
        appended?;
    }
    newest.into_iter().rev().for_each(|candle| all.push(candle));
    Ok(all.into_frame(query.last)?)
}

/// The first so many candles that open at `from` or later, and before `to`.
pub(super) fn read_first(
    conn: &Connection,
    symbol: i64,
    from: TimeMs,
    to: Option<TimeMs>,
    count: usize,
) -> Result<Frame, Failure> {
    let to = match to {
        Some(TimeMs::MIN) => return Ok(Frame::empty_candles(0)),
        Some(to) => to - 1,
        None => TimeMs::MAX,
    };
    let mut all = Columns::default();
    let mut select = conn.prepare_cached(
        "SELECT data FROM candle_chunks WHERE symbol_id = ?1 AND first <= ?3 AND first >=
             coalesce((SELECT max(first) FROM candle_chunks WHERE symbol_id = ?1 AND first <= ?2), ?2)
         ORDER BY first",
    )?;
    let mut chunks = select.query(params![symbol, from, to])?;
    while all.time.len() < count
        && let Some(row) = chunks.next()?
    {
        all.append(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?, from, to)?;
    }
    let mut select = conn.prepare_cached(
        "SELECT time, open, high, low, close, volume FROM candle_rows
         WHERE symbol_id = ?1 AND time BETWEEN ?2 AND ?3 ORDER BY time LIMIT ?4",
    )?;
    let mut rows = select.query(params![symbol, from, to, limit(Some(count))])?;
    while let Some(row) = rows.next()? {
        all.push(candle(row)?);
    }
    all.sort();
    Ok(all.into_frame(None)?.head(count))
}

fn candle(row: &rusqlite::Row<'_>) -> rusqlite::Result<Candle> {
    Ok(Candle {
        time: row.get(0)?,
        open: row.get(1)?,
        high: row.get(2)?,
        low: row.get(3)?,
        close: row.get(4)?,
        volume: row.get(5)?,
    })
}

/// Stores candles in ascending order; how many were new or different.
pub(super) fn upsert(conn: &Connection, symbol: i64, candles: &[Candle]) -> Result<usize, Failure> {
    let (Some(oldest), Some(newest)) = (candles.first(), candles.last()) else { return Ok(0) };
    let before = conn.total_changes();
    let mut spans = spans(conn, symbol, oldest.time, newest.time, |_| false)?;
    spans.reverse();
    let (mut changed, mut rest) = (0, candles);
    for span in spans {
        let start = rest.partition_point(|candle| candle.time < span.first);
        let end = rest.partition_point(|candle| candle.time <= span.last);
        let (earlier, others) = rest.split_at(start);
        let (inside, later) = others.split_at(end - start);
        changed += add(conn, symbol, earlier)? + correct(conn, symbol, span, inside)?;
        rest = later;
    }
    changed += add(conn, symbol, rest)?;
    // Now and then is enough.
    if conn.total_changes() / (CHUNK as u64) != before / (CHUNK as u64) {
        compact(conn, symbol)?;
    }
    Ok(changed)
}

/// Stores candles between two chunks, or after the last.
fn add(conn: &Connection, symbol: i64, candles: &[Candle]) -> Result<usize, Failure> {
    let packed = candles.len() / CHUNK * CHUNK;
    // The newest of them stay rows.
    let packed = if packed == candles.len() { packed.saturating_sub(CHUNK) } else { packed };
    let (old, new) = candles.split_at(packed);
    let mut changed = 0;
    if let (Some(first), Some(last)) = (old.first(), old.last()) {
        let mut select = conn.prepare_cached(
            "SELECT time, open, high, low, close, volume FROM candle_rows
             WHERE symbol_id = ?1 AND time BETWEEN ?2 AND ?3 ORDER BY time",
        )?;
        let rows = select.query_map(params![symbol, first.time, last.time], candle)?;
        let stored = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let (merged, different) = merge(stored, old);
        changed += different;
        remove_rows(conn, symbol, first.time, last.time)?;
        write_chunks(conn, symbol, &merged)?;
    }
    let mut upsert = conn.prepare_cached(
        "INSERT INTO candle_rows (symbol_id, time, open, high, low, close, volume)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (symbol_id, time) DO UPDATE SET open = excluded.open, high = excluded.high,
             low = excluded.low, close = excluded.close, volume = excluded.volume
         WHERE (open, high, low, close, volume) IS NOT
             (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)",
    )?;
    for candle in new {
        let Candle { time, open, high, low, close, volume } = *candle;
        changed += upsert.execute(params![symbol, time, open, high, low, close, volume])?;
    }
    Ok(changed)
}

/// Replaces and adds candles within a chunk.
fn correct(conn: &Connection, symbol: i64, span: Span, candles: &[Candle]) -> Result<usize, Failure> {
    if candles.is_empty() {
        return Ok(0);
    }
    let (merged, changed) = merge(data(conn, span)?, candles);
    if changed > 0 {
        remove_chunk(conn, span)?;
        write_chunks(conn, symbol, &merged)?;
    }
    Ok(changed)
}

/// Both in order, `new` replacing `stored`; and how many that added or changed.
fn merge(stored: Vec<Candle>, new: &[Candle]) -> (Vec<Candle>, usize) {
    let mut merged = Vec::with_capacity(stored.len() + new.len());
    let (mut changed, mut stored) = (0, stored.into_iter().peekable());
    for candle in new {
        while let Some(earlier) = stored.next_if(|old| old.time < candle.time) {
            merged.push(earlier);
        }
        let old = stored.next_if(|old| old.time == candle.time);
        changed += usize::from(old.as_ref() != Some(candle));
        merged.push(*candle);
    }
    merged.extend(stored);
    (merged, changed)
}

fn write_chunks(conn: &Connection, symbol: i64, candles: &[Candle]) -> rusqlite::Result<()> {
    // A chunk that grew by corrections stays one until it is long enough for two.
    let size = if candles.len() < LONGEST { LONGEST } else { CHUNK };
    let mut insert = conn.prepare_cached(
        "INSERT INTO candle_chunks (symbol_id, first, last, rows, data) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for chunk in candles.chunks(size) {
        if let (Some(first), Some(last)) = (chunk.first(), chunk.last()) {
            insert.execute(params![symbol, first.time, last.time, limit(Some(chunk.len())), pack(chunk)])?;
        }
    }
    Ok(())
}

fn remove_chunk(conn: &Connection, span: Span) -> rusqlite::Result<usize> {
    conn.prepare_cached("DELETE FROM candle_chunks WHERE id = ?1")?.execute([span.id])
}

fn remove_rows(conn: &Connection, symbol: i64, from: TimeMs, to: TimeMs) -> rusqlite::Result<usize> {
    conn.prepare_cached("DELETE FROM candle_rows WHERE symbol_id = ?1 AND time BETWEEN ?2 AND ?3")?
        .execute(params![symbol, from, to])
}

/// Packs rows once there are twice as many as must stay.
fn compact(conn: &Connection, symbol: i64) -> Result<(), Failure> {
    let mut select = conn.prepare_cached(
        "SELECT time, open, high, low, close, volume FROM candle_rows WHERE symbol_id = ?1 ORDER BY time",
    )?;
    let rows = select.query_map([symbol], candle)?.collect::<rusqlite::Result<Vec<_>>>()?;
    if rows.len() < 2 * CHUNK {
        return Ok(());
    }
    let mut spans = spans(conn, symbol, TimeMs::MIN, TimeMs::MAX, |_| false)?;
    spans.reverse();
    let mut rest = rows.get(..rows.len() - CHUNK).unwrap_or_default();
    let ends = spans.iter().map(|span| span.first).chain([TimeMs::MAX]);
    for end in ends {
        // A chunk must not reach over another one.
        let (run, later) = rest.split_at(rest.partition_point(|candle| candle.time < end));
        rest = later;
        let whole = run.get(..run.len() / CHUNK * CHUNK).unwrap_or_default();
        if let (Some(first), Some(last)) = (whole.first(), whole.last()) {
            remove_rows(conn, symbol, first.time, last.time)?;
            write_chunks(conn, symbol, whole)?;
        }
    }
    Ok(())
}

/// Removes the candles that open within the times, both included; how many there were.
pub(super) fn remove(conn: &Connection, symbol: i64, from: TimeMs, to: TimeMs) -> Result<usize, Failure> {
    let mut removed = remove_rows(conn, symbol, from, to)?;
    for span in spans(conn, symbol, from, to, |_| false)? {
        let candles = data(conn, span)?;
        let kept: Vec<Candle> =
            candles.iter().filter(|candle| !(from..=to).contains(&candle.time)).copied().collect();
        removed += candles.len() - kept.len();
        remove_chunk(conn, span)?;
        // What is left on both sides of a hole is two chunks: rows may come to lie in the hole.
        let (before, after) = kept.split_at(kept.partition_point(|candle| candle.time < from));
        write_chunks(conn, symbol, before)?;
        write_chunks(conn, symbol, after)?;
    }
    Ok(removed)
}

/// The functions behind the view `candles`: one value of a chunk.
pub(super) fn register(conn: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function(
        "candle_time",
        2,
        flags,
        |ctx| Ok(value(ctx, 0)?.map(TimeMs::from_le_bytes)),
    )?;
    conn.create_scalar_function("candle_value", 3, flags, |ctx| {
        Ok(value(ctx, ctx.get(2)?)?.map(f64::from_le_bytes))
    })
}

/// The value of a row, whose number is the second argument, in a column, of which the times are the first.
fn value(ctx: &Context<'_>, column: i64) -> rusqlite::Result<Option<[u8; 8]>> {
    let data = ctx.get_raw(0).as_blob()?;
    let (values, _) = data.get(CHECKSUM..).unwrap_or_default().as_chunks::<8>();
    let rows = values.len() / COLUMNS;
    let (Ok(row), Ok(column)) = (usize::try_from(ctx.get::<i64>(1)?), usize::try_from(column)) else {
        return Ok(None);
    };
    Ok(if row < rows { values.get(column.saturating_mul(rows).saturating_add(row)).copied() } else { None })
}

/// Checks every chunk of the database; what is wrong with them.
pub(super) fn check(conn: &Connection) -> Result<Vec<String>> {
    (|| {
        let mut select = conn.prepare(
            "SELECT id, symbol_id, first, last, rows, data FROM candle_chunks ORDER BY symbol_id, first",
        )?;
        let mut rows = select.query([])?;
        let (mut wrong, mut previous) = (Vec::new(), None);
        while let Some(row) = rows.next()? {
            let (id, symbol): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (first, last, count): (TimeMs, TimeMs, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            match row.get_ref(5)?.as_blob().map(unpack)? {
                Err(error) => wrong.push(format!("candle_chunks {id}: {error}")),
                Ok(candles) => {
                    let is_right = limit(Some(candles.len())) == count
                        && candles.first().is_some_and(|candle| candle.time == first)
                        && candles.last().is_some_and(|candle| candle.time == last)
                        && candles.is_sorted_by(|a, b| a.time < b.time)
                        && candles.iter().all(|candle| candle.validate().is_ok());
                    if !is_right {
                        wrong.push(format!("candle_chunks {id}: its candles are not what its row says"));
                    }
                }
            }
            if previous.is_some_and(|(other, end)| other == symbol && end >= first) {
                wrong.push(format!("candle_chunks {id}: overlaps the one before"));
            }
            previous = Some((symbol, last));
        }
        Ok(wrong)
    })()
    .map_err(sql_error)
}
