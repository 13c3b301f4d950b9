//! What each statement costs: how often it ran, how long it took, how it searched.
//!
//! SQLite reports every statement that ends. Off, nothing is reported. The counts of a store are added to the table
//! `profile` when it closes, where `atra db profile` and the index advisor find them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hdrhistogram::Histogram;
use rusqlite::trace::{StmtRef, TraceEvent, TraceEventCodes};
use rusqlite::{Connection, StatementStatus, params};

use super::Store;
use super::health::lock;
use atra_core::Result;

/// What one statement cost, all its executions together. Statements that differ in literals alone are one.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct StatementProfile {
    /// The statement, with `?` for its literals.
    pub sql: String,
    /// The slowest execution, with its values.
    pub example: String,
    /// How often it ran.
    pub count: u64,
    /// All executions together.
    pub total: Duration,
    /// Half of them were as fast.
    pub p50: Duration,
    /// 95 of 100 were as fast.
    pub p95: Duration,
    /// 99 of 100 were as fast.
    pub p99: Duration,
    /// The slowest.
    pub max: Duration,
    /// Rows it returned.
    pub rows: u64,
    /// Rows it walked over because no index led to them.
    pub full_scan_steps: u64,
    /// Times its rows were sorted because no index had them in order.
    pub sorts: u64,
    /// Rows of indexes that SQLite made for one execution, and threw away.
    pub auto_index_rows: u64,
}

impl StatementProfile {
    /// A statement of which nothing is known yet, to ask [`Store::advise`] about.
    pub fn of(sql: impl AsRef<str>) -> Self {
        let none = Duration::ZERO;
        Self {
            sql: normalised(sql.as_ref()),
            example: sql.as_ref().to_owned(),
            count: 0,
            total: none,
            p50: none,
            p95: none,
            p99: none,
            max: none,
            rows: 0,
            full_scan_steps: 0,
            sorts: 0,
            auto_index_rows: 0,
        }
    }
}

/// Nanoseconds, to three digits.
type Times = Histogram<u64>;

struct Entry {
    sql: String,
    example: String,
    times: Times,
    total: u64,
    rows: u64,
    counters: [u64; 4],
}

/// What SQLite counts for a prepared statement over its whole life.
const COUNTERS: [StatementStatus; 4] =
    [StatementStatus::FullscanStep, StatementStatus::Sort, StatementStatus::AutoIndex, StatementStatus::Run];

#[derive(Default)]
pub(super) struct Profiler {
    inner: Mutex<Inner>,
    #[cfg(feature = "tracing")]
    slow: Option<Duration>,
}

#[derive(Default)]
struct Inner {
    entries: Vec<Entry>,
    /// The number of a text, and which entry it belongs to.
    texts: HashMap<String, (usize, usize)>,
    /// The entry of a normalised text.
    normal: HashMap<String, usize>,
    /// The counters of a text's prepared statement on a connection when it ended last.
    last: HashMap<(usize, usize), [u64; 4]>,
}

/// Different statements that are told apart; later ones are not counted.
const MOST: usize = 2000;

thread_local! {
    /// Where this thread's statements are counted, and on which connection they run.
    static CURRENT: RefCell<Option<(Arc<Profiler>, usize)>> = const { RefCell::new(None) };
    static ROWS: Cell<u64> = const { Cell::new(0) };
}

/// While it lives, statements of this thread are counted.
pub(super) struct Counting(Option<(Arc<Profiler>, usize)>);

impl Counting {
    pub(super) fn begin(profiler: Option<&Arc<Profiler>>, conn: &Connection) -> Option<Self> {
        let current = (Arc::clone(profiler?), std::ptr::from_ref(conn).addr());
        Some(Self(CURRENT.replace(Some(current))))
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// Has SQLite report what ends.
pub(super) fn watch(conn: &Connection) {
    conn.trace_v2(
        TraceEventCodes::SQLITE_TRACE_PROFILE | TraceEventCodes::SQLITE_TRACE_ROW,
        Some(|event| note(&event)),
    );
}

/// Takes an event of a connection.
pub(super) fn note(event: &TraceEvent<'_>) {
    match event {
        TraceEvent::Row(_) => ROWS.set(ROWS.get() + 1),
        TraceEvent::Profile(statement, time) => CURRENT.with_borrow(|current| {
            if let Some((profiler, conn)) = current {
                profiler.count(statement, *conn, *time, ROWS.take());
            }
        }),
        _ => {}
    }
}

impl Profiler {
    pub(super) fn new(slow: Option<Duration>) -> Self {
        #[cfg(not(feature = "tracing"))]
        let _ = slow;
        Self {
            inner: Mutex::default(),
            #[cfg(feature = "tracing")]
            slow,
        }
    }

    fn count(&self, statement: &StmtRef<'_>, conn: usize, time: Duration, rows: u64) {
        let sql = statement.sql();
        if matches!(&*sql, "BEGIN" | "COMMIT" | "BEGIN IMMEDIATE" | "PRAGMA data_version" | "") {
            return;
        }
        #[cfg(feature = "tracing")]
        if self.slow.is_some_and(|slow| time >= slow) {
            tracing::warn!(sql = %sql, ms = time.as_secs_f64() * 1e3, rows, "slow statement");
        }
        let mut inner = lock(&self.inner);
        let Some((text, index)) = inner.entry(&sql) else { return };
        let counters = COUNTERS.map(|counter| u64::try_from(statement.get_status(counter)).unwrap_or(0));
        let last = text.and_then(|text| inner.last.insert((conn, text), counters)).unwrap_or_default();
        // A statement that was prepared anew counts from nothing.
        let last = if last[3] < counters[3] { last } else { [0; 4] };
        let Some(entry) = inner.entries.get_mut(index) else { return };
        for ((sum, now), last) in entry.counters.iter_mut().zip(counters).zip(last) {
            *sum += now.saturating_sub(last);
        }
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        if entry.times.is_empty() || nanos > entry.times.max() {
            entry.example = statement.expanded_sql().unwrap_or_else(|| sql.into_owned());
        }
        entry.times.saturating_record(nanos);
        entry.total += nanos;
        entry.rows += rows;
    }

    pub(super) fn statements(&self) -> Vec<StatementProfile> {
        let inner = lock(&self.inner);
        let mut all: Vec<StatementProfile> = inner.entries.iter().map(Entry::profile).collect();
        all.sort_by_key(|profile| std::cmp::Reverse(profile.total));
        all
    }

    /// Adds the counts to the database's own; called when the store closes.
    pub(super) fn save(&self, conn: &Connection) -> rusqlite::Result<()> {
        let nanos = |time: Duration| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX);
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        for profile in self.statements() {
            conn.prepare_cached(
                "INSERT INTO profile VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT (sql) DO UPDATE SET example = excluded.example, count = count + excluded.count,
                     total = total + excluded.total, p50 = excluded.p50, p95 = excluded.p95, p99 = excluded.p99,
                     max = max(max, excluded.max), rows = rows + excluded.rows,
                     full_scan_steps = full_scan_steps + excluded.full_scan_steps, sorts = sorts + excluded.sorts,
                     auto_index_rows = auto_index_rows + excluded.auto_index_rows",
            )?
            .execute(params![
                profile.sql,
                profile.example,
                count(profile.count),
                nanos(profile.total),
                nanos(profile.p50),
                nanos(profile.p95),
                nanos(profile.p99),
                nanos(profile.max),
                count(profile.rows),
                count(profile.full_scan_steps),
                count(profile.sorts),
                count(profile.auto_index_rows)
            ])?;
        }
        Ok(())
    }
}

impl Inner {
    /// The number of a text, if it has one, and the entry it belongs to.
    fn entry(&mut self, sql: &str) -> Option<(Option<usize>, usize)> {
        if let Some((text, index)) = self.texts.get(sql) {
            return Some((Some(*text), *index));
        }
        let normal = normalised(sql);
        let index = match self.normal.get(&normal) {
            Some(index) => *index,
            None if self.entries.len() >= MOST => return None,
            None => {
                let times = Times::new(3).ok()?;
                let entry = Entry {
                    sql: normal.clone(),
                    example: String::new(),
                    times,
                    total: 0,
                    rows: 0,
                    counters: [0; 4],
                };
                self.entries.push(entry);
                self.normal.insert(normal, self.entries.len() - 1);
                self.entries.len() - 1
            }
        };
        // Texts with literals in them come without end.
        let number = self.texts.len();
        if number >= 4 * MOST {
            return Some((None, index));
        }
        self.texts.insert(sql.to_owned(), (number, index));
        Some((Some(number), index))
    }
}

impl Entry {
    fn profile(&self) -> StatementProfile {
        let at = |quantile| Duration::from_nanos(self.times.value_at_quantile(quantile));
        let [full_scan_steps, sorts, auto_index_rows, _] = self.counters;
        StatementProfile {
            sql: self.sql.clone(),
            example: self.example.clone(),
            count: self.times.len(),
            total: Duration::from_nanos(self.total),
            p50: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            max: Duration::from_nanos(self.times.max()),
            rows: self.rows,
            full_scan_steps,
            sorts,
            auto_index_rows,
        }
    }
}

/// The statement with `?` for its literals and one space between its words; lists of literals are one.
fn normalised(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len());
    for token in tokens(sql) {
        let is_literal = token.starts_with(['\'', '?', ':', '@', '$'])
            || token.starts_with(|first: char| first.is_ascii_digit())
            || (token.len() > 1 && token.starts_with(['x', 'X']) && token.ends_with('\''));
        let token = if is_literal { "?" } else { token };
        if is_literal && text.ends_with("?,") {
            text.pop();
            continue;
        }
        let glued = matches!(token, "," | ")" | ";" | ".") || text.ends_with(['(', '.']) || token == "(";
        if !text.is_empty() && !glued {
            text.push(' ');
        }
        text.push_str(token);
    }
    text
}

/// The words, literals and signs of a statement, without comments.
pub(super) fn tokens(sql: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let until = |end: &str, from: usize| {
            rest.get(from..).and_then(|text| text.find(end)).map_or(rest.len(), |at| from + at + end.len())
        };
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            _ if rest.starts_with("--") => until("\n", 2),
            _ if rest.starts_with("/*") => until("*/", 2),
            'x' | 'X' if rest.get(1..2) == Some("'") => until("'", 2),
            '\'' | '"' | '`' => until(&first.to_string(), 1),
            '[' => until("]", 1),
            '0'..='9' => rest.find(|c: char| !(is_word(c) || c == '.')).unwrap_or(rest.len()),
            '?' | ':' | '@' | '$' => {
                1 + rest.get(1..).and_then(|text| text.find(|c| !is_word(c))).unwrap_or(rest.len() - 1)
            }
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, later) = rest.split_at(length);
        if !token.starts_with("--") && !token.starts_with("/*") {
            tokens.push(token);
        }
        rest = later.trim_start();
    }
    tokens
}

impl Store {
    /// What every statement has cost since the store was opened, the dearest first; empty unless
    /// [`StoreOptions::profile`](super::StoreOptions::profile) is on.
    #[must_use]
    pub fn profile(&self) -> Vec<StatementProfile> {
        self.inner.profiler.as_ref().map(|profiler| profiler.statements()).unwrap_or_default()
    }

    /// What statements have cost in stores that were closed with the profile on, the dearest first.
    pub fn saved_profile(&self) -> Result<Vec<StatementProfile>> {
        self.read(|conn| {
            let mut select = conn.prepare("SELECT * FROM profile ORDER BY total DESC")?;
            let rows = select.query_map([], |row| {
                let number = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
                let time = |column| number(column).map(Duration::from_nanos);
                Ok(StatementProfile {
                    sql: row.get(0)?,
                    example: row.get(1)?,
                    count: number(2)?,
                    total: time(3)?,
                    p50: time(4)?,
                    p95: time(5)?,
                    p99: time(6)?,
                    max: time(7)?,
                    rows: number(8)?,
                    full_scan_steps: number(9)?,
                    sorts: number(10)?,
                    auto_index_rows: number(11)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_do_not_tell_statements_apart() {
        for (sql, normal) in [
            (
                "SELECT  a,b FROM t WHERE x=1.5e3 AND y = 'it''s'",
                "SELECT a, b FROM t WHERE x = ? AND y = ? ?",
            ),
            ("SELECT * FROM t WHERE id IN (1, 2,3) -- mine", "SELECT * FROM t WHERE id IN(?)"),
            ("INSERT INTO t VALUES (?1, :b, x'00', 'x')", "INSERT INTO t VALUES(?)"),
            ("/* a */ SELECT \"odd name\".c FROM [t 1]", "SELECT \"odd name\".c FROM [t 1]"),
            ("SELECT '", "SELECT ?"),
            ("", ""),
        ] {
            assert_eq!(normalised(sql), normal);
        }
    }
}
