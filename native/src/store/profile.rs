//! What each statement costs: how often it ran, how long it took, how it searched.
//!
//! SQLite reports every statement that ends. Off, nothing is reported. The counts of a store are added to the table
//! `profile` when it closes, where `atra db profile` and the index advisor find them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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
    slowest: u64,
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
    /// What a text's prepared statement on a connection had counted when it ended last.
    last: HashMap<(usize, usize), [u64; 4]>,
    /// The same of the statements that ran lately, found by where their text stands in memory.
    lately: Vec<Lately>,
}

/// A prepared statement on a connection.
#[derive(Default)]
struct Lately {
    conn: usize,
    sql: String,
    text: usize,
    index: usize,
    counters: [u64; 4],
}

/// Statements remembered in [`Inner::lately`]; a power of two.
const LATELY: usize = 128;

/// Different statements that are told apart; later ones are not counted.
const MOST: usize = 2000;

/// Statements of one thread that are open at once; what began before them is not counted.
const MOST_OPEN: usize = 64;

/// A statement under way: where its text stands, when it began, the rows it has given.
struct Running {
    text: usize,
    since: Instant,
    rows: u64,
}

thread_local! {
    /// Where this thread's statements are counted, and on which connection they run.
    static CURRENT: RefCell<Option<(Arc<Profiler>, usize)>> = const { RefCell::new(None) };
    /// A statement may run while another one is being read from.
    static RUNNING: RefCell<Vec<Running>> = const { RefCell::new(Vec::new()) };
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

/// Has SQLite report what begins, what ends, and each row.
///
/// The times it reports itself are whole milliseconds.
pub(super) fn watch(conn: &Connection) {
    conn.trace_v2(events(), Some(|event| note(&event)));
}

/// While it lives, SQLite reports what a connection runs. Not always, for what opens and closes a transaction is run
/// more often than anything else.
pub(super) struct Watching<'a>(&'a Connection);

impl<'a> Watching<'a> {
    pub(super) fn begin(conn: &'a Connection) -> Self {
        watch(conn);
        Self(conn)
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.0.trace_v2(TraceEventCodes::empty(), None);
    }
}

/// What [`note`] has to be told.
pub(super) fn events() -> TraceEventCodes {
    TraceEventCodes::SQLITE_TRACE_STMT
        | TraceEventCodes::SQLITE_TRACE_PROFILE
        | TraceEventCodes::SQLITE_TRACE_ROW
}

/// What opens and closes the store's own transactions.
fn is_bracket(sql: &str) -> bool {
    matches!(sql, "BEGIN" | "COMMIT" | "BEGIN IMMEDIATE" | "PRAGMA data_version" | "")
}

/// Takes an event of a connection.
pub(super) fn note(event: &TraceEvent<'_>) {
    match event {
        // A trigger's statements are told as comments, and belong to the one that fired it.
        TraceEvent::Stmt(statement, said) if !said.starts_with("--") && !is_bracket(said) => {
            let text = statement.sql().as_ptr().addr();
            RUNNING.with_borrow_mut(|running| {
                if running.len() >= MOST_OPEN {
                    running.remove(0);
                }
                running.push(Running { text, since: Instant::now(), rows: 0 });
            });
        }
        TraceEvent::Row(_) => RUNNING.with_borrow_mut(|running| {
            if let Some(last) = running.last_mut() {
                last.rows += 1;
            }
        }),
        TraceEvent::Profile(statement, _) => {
            let sql = statement.sql();
            if is_bracket(&sql) {
                return;
            }
            let text = sql.as_ptr().addr();
            let begun = RUNNING.with_borrow_mut(|running| {
                let at = running.iter().rposition(|running| running.text == text)?;
                Some(running.remove(at))
            });
            let Some(begun) = begun else { return };
            let time = begun.since.elapsed();
            CURRENT.with_borrow(|current| {
                if let Some((profiler, conn)) = current {
                    profiler.count(statement, &sql, *conn, time, begun.rows);
                }
            });
        }
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

    fn count(&self, statement: &StmtRef<'_>, sql: &str, conn: usize, time: Duration, rows: u64) {
        #[cfg(feature = "tracing")]
        if self.slow.is_some_and(|slow| time >= slow) {
            tracing::warn!(sql = %sql, ms = time.as_secs_f64() * 1e3, rows, "slow statement");
        }
        let counters = COUNTERS.map(|counter| u64::try_from(statement.get_status(counter)).unwrap_or(0));
        let mut inner = lock(&self.inner);
        let Some((index, last)) = inner.entry(sql, conn, counters) else { return };
        // A statement that was prepared anew counts from nothing.
        let last = if last[3] < counters[3] { last } else { [0; 4] };
        let Some(entry) = inner.entries.get_mut(index) else { return };
        for ((sum, now), last) in entry.counters.iter_mut().zip(counters).zip(last) {
            *sum += now.saturating_sub(last);
        }
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        if entry.times.is_empty() || nanos > entry.slowest {
            entry.slowest = nanos;
            entry.example = statement.expanded_sql().unwrap_or_else(|| sql.to_owned());
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
    /// The entry a text belongs to, and what its prepared statement had counted before; what it has counted now is
    /// remembered.
    fn entry(&mut self, sql: &str, conn: usize, counters: [u64; 4]) -> Option<(usize, [u64; 4])> {
        if self.lately.is_empty() {
            self.lately.resize_with(LATELY, Lately::default);
        }
        let place = (sql.as_ptr().addr() >> 4) % LATELY;
        if let Some(lately) = self.lately.get_mut(place)
            && lately.conn == conn
            && lately.sql == sql
        {
            return Some((lately.index, std::mem::replace(&mut lately.counters, counters)));
        }
        let (text, index) = self.number(sql)?;
        // Texts beyond the ones that have a number are taken for newly prepared.
        let Some(text) = text else { return Some((index, [0; 4])) };
        // It may be remembered elsewhere, when its text has moved.
        let known = self.lately.iter_mut().find(|lately| lately.conn == conn && lately.sql == sql);
        let last = match known {
            Some(known) => std::mem::take(known).counters,
            None => self.last.remove(&(conn, text)).unwrap_or_default(),
        };
        if let Some(lately) = self.lately.get_mut(place) {
            let next = Lately { conn, sql: sql.to_owned(), text, index, counters };
            let out = std::mem::replace(lately, next);
            self.last.insert((out.conn, out.text), out.counters);
        }
        Some((index, last))
    }

    /// The number of a text, if it has one, and the entry it belongs to.
    fn number(&mut self, sql: &str) -> Option<(Option<usize>, usize)> {
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
                    slowest: 0,
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
            max: Duration::from_nanos(self.slowest),
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
