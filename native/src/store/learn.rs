//! What a statement reads and writes, learned from SQLite itself: when it prepares a statement, its authorizer is
//! asked about every table and function the statement may touch, through views, triggers and cascades too.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::health::lock;
use super::tables::{TableSet, Tables};

/// Surrounds a request that can fail half-way. Not for callers: the authorizer refuses them the name.
pub(super) const SAVEPOINT: &str = "atra_request";

/// The authorizer of one connection.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// Whether a caller's code is running, which may not end the transaction it shares with others.
    pub(super) in_request: AtomicBool,
    /// A reader may do with its transaction what it likes; another database's tables would be taken for ours.
    is_reader: bool,
    is_learning: AtomicBool,
    learned: Mutex<Learned>,
}

#[derive(Debug, Default)]
struct Learned {
    reads: HashSet<String>,
    writes: HashSet<String>,
    functions: HashSet<String>,
    /// It does what is not about rows of tables: changes the schema, runs a PRAGMA.
    is_other: bool,
}

impl Guard {
    pub(super) fn authorize(&self, action: &AuthAction<'_>) -> Authorization {
        if self.is_learning.load(Ordering::Relaxed) {
            lock(&self.learned).note(action);
            return Authorization::Allow;
        }
        let is_attach = matches!(action, AuthAction::Attach { .. } | AuthAction::Detach { .. });
        if self.is_reader && is_attach {
            return Authorization::Deny;
        }
        if self.in_request.load(Ordering::Relaxed) { refuse(action) } else { Authorization::Allow }
    }

    pub(super) fn of_reader() -> Self {
        Self { is_reader: true, ..Self::default() }
    }

    /// Watches a connection through this guard.
    pub(super) fn install(self: &std::sync::Arc<Self>, conn: &Connection) -> rusqlite::Result<()> {
        let guard = std::sync::Arc::clone(self);
        conn.authorizer(Some(move |context: AuthContext<'_>| guard.authorize(&context.action)))
    }

    fn learn(&self, conn: &Connection, sql: &str) -> rusqlite::Result<(Learned, bool)> {
        self.is_learning.store(true, Ordering::Relaxed);
        let prepared = conn.prepare(sql).map(|statement| statement.readonly());
        self.is_learning.store(false, Ordering::Relaxed);
        let learned = std::mem::take(&mut *lock(&self.learned));
        Ok((learned, prepared?))
    }

    /// The tables a statement writes; all of them when in doubt.
    pub(super) fn writes(&self, conn: &Connection, tables: &Tables, sql: &str) -> TableSet {
        // Asked after it ran, `DROP TABLE IF EXISTS` does nothing any more; and preparing some PRAGMAs runs them.
        let first = sql.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        if !ROW_STATEMENTS.iter().any(|word| word.eq_ignore_ascii_case(first)) {
            return TableSet::ALL;
        }
        match self.learn(conn, sql) {
            Ok((learned, _)) if !learned.is_other => {
                // A virtual table keeps its rows in tables of its own.
                let mut set = TableSet::NONE;
                for name in &learned.writes {
                    if kind(conn, name) != Some(Kind::Table) {
                        return TableSet::ALL;
                    }
                    set = set.with(tables.named(name));
                }
                set
            }
            _ => TableSet::ALL,
        }
    }

    /// The tables a statement reads; `None` unless the same rows in them always give the same result.
    pub(super) fn reads(
        &self,
        conn: &Connection,
        tables: &Tables,
        sql: &str,
    ) -> rusqlite::Result<Option<TableSet>> {
        let (learned, is_readonly) = self.learn(conn, sql)?;
        if !is_readonly || learned.is_other || !learned.writes.is_empty() {
            return Ok(None);
        }
        for function in &learned.functions {
            if !is_deterministic(conn, function)? {
                return Ok(None);
            }
        }
        let mut set = TableSet::NONE;
        for name in &learned.reads {
            match kind(conn, name) {
                Some(Kind::Table) => set = set.with(tables.named(name)),
                // What it reads is named as well.
                Some(Kind::View) => {}
                // Functions of their arguments; other virtual tables can show anything.
                None if PURE_TABLES.iter().any(|pure| pure.eq_ignore_ascii_case(name)) => {}
                None => return Ok(None),
            }
        }
        Ok(Some(set))
    }
}

/// What statements begin with that touch rows and nothing else.
const ROW_STATEMENTS: [&str; 7] = ["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES"];

/// Table-valued functions that see nothing but their arguments.
const PURE_TABLES: [&str; 2] = ["json_each", "json_tree"];

impl Learned {
    fn note(&mut self, action: &AuthAction<'_>) {
        match action {
            AuthAction::Select | AuthAction::Recursive | AuthAction::Savepoint { .. } => {}
            AuthAction::Read { table_name, .. } => {
                self.reads.insert((*table_name).to_owned());
            }
            AuthAction::Insert { table_name }
            | AuthAction::Delete { table_name }
            | AuthAction::Update { table_name, .. } => {
                self.writes.insert((*table_name).to_owned());
            }
            AuthAction::Function { function_name } => {
                self.functions.insert((*function_name).to_owned());
            }
            _ => self.is_other = true,
        }
    }
}

#[derive(PartialEq)]
enum Kind {
    Table,
    View,
}

/// What a name of the schema is; `None` for virtual tables, SQLite's own and those of other databases.
fn kind(conn: &Connection, name: &str) -> Option<Kind> {
    let sql = "SELECT type, rootpage FROM main.sqlite_schema WHERE name = ?1 COLLATE NOCASE";
    let row = conn.prepare_cached(sql).and_then(|mut select| {
        select.query_row([name], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
    });
    match row {
        Ok((kind, root)) if kind == "table" && root > 0 => Some(Kind::Table),
        Ok((kind, _)) if kind == "view" => Some(Kind::View),
        _ => None,
    }
}

/// Whether the function gives the same for the same arguments. SQLite says so of dates too, which can be of
/// `now`.
fn is_deterministic(conn: &Connection, function: &str) -> rusqlite::Result<bool> {
    const CLOCKS: [&str; 7] = ["date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"];
    const DETERMINISTIC: i64 = 0x800;
    if CLOCKS.iter().any(|clock| function.eq_ignore_ascii_case(clock)) {
        return Ok(false);
    }
    // Aggregates of SQLite's own depend on their rows alone, and do not say so.
    let sql = "SELECT count(*), min(flags & ?2 OR (builtin AND type <> 's')) FROM pragma_function_list
               WHERE name = ?1 COLLATE NOCASE";
    conn.prepare_cached(sql)?.query_row(rusqlite::params![function, DETERMINISTIC], |row| {
        Ok(row.get::<_, i64>(0)? > 0 && row.get::<_, i64>(1)? != 0)
    })
}

/// What a caller's code may not do to the transaction it shares: end it, or make its commit fail for everybody
/// by a check put off until then.
fn refuse(action: &AuthAction<'_>) -> Authorization {
    match action {
        AuthAction::Transaction { .. } | AuthAction::Attach { .. } | AuthAction::Detach { .. } => {
            Authorization::Deny
        }
        AuthAction::Pragma { pragma_name, pragma_value: Some(_) }
            if pragma_name.eq_ignore_ascii_case("defer_foreign_keys") =>
        {
            Authorization::Deny
        }
        AuthAction::Savepoint { savepoint_name, .. } if savepoint_name.eq_ignore_ascii_case(SAVEPOINT) => {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }
}

/// The statements a transaction ran on this thread.
#[derive(Default)]
struct Executed {
    is_on: bool,
    /// The newest, looked at first: loops run the same statement again and again.
    last: String,
    all: HashSet<String>,
}

thread_local! {
    static EXECUTED: RefCell<Executed> = RefCell::default();
}

/// More different statements than this in one transaction count as touching every table.
const MOST_STATEMENTS: usize = 1000;

/// Has SQLite no longer report statements.
pub(super) fn ignore_statements(conn: &Connection, is_profiled: bool) {
    if is_profiled {
        super::profile::watch(conn);
    } else {
        conn.trace_v2(TraceEventCodes::empty(), None);
    }
}

/// Has SQLite report every statement that begins to run.
pub(super) fn watch_statements(conn: &Connection, is_profiled: bool) {
    if is_profiled {
        conn.trace_v2(
            super::profile::events(),
            Some(|event| {
                super::profile::note(&event);
                note_executed(&event);
            }),
        );
    } else {
        conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(|event| note_executed(&event)));
    }
}

fn note_executed(event: &TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, sql) = event {
        EXECUTED.with_borrow_mut(|executed| {
            // A trigger reports a comment of its own; its statement was reported before it.
            if sql.starts_with("--") {
                executed.note(&statement.sql());
            } else {
                executed.note(sql);
            }
        });
    }
}

impl Executed {
    fn note(&mut self, sql: &str) {
        if !self.is_on || self.last == sql {
            return;
        }
        if self.all.len() <= MOST_STATEMENTS && !self.all.contains(sql) {
            self.all.insert(sql.to_owned());
        }
        self.last.clear();
        self.last.push_str(sql);
    }
}

/// Notes statements while it lives. Another store's transaction may be under way on the same thread, when this
/// one's caller is a closure of that one: its notes come back in the end.
pub(super) struct Notes(Executed);

// They are about the transaction for as long as it is the one of this thread.
#[allow(clippy::unused_self)]
impl Notes {
    pub(super) fn begin() -> Self {
        Self(EXECUTED.take())
    }

    /// Whether what runs from here on is noted.
    pub(super) fn turn(&self, is_on: bool) {
        EXECUTED.with_borrow_mut(|executed| executed.is_on = is_on);
    }

    /// Notes statements without waiting for them to run.
    pub(super) fn add(&self, statements: &[&str]) {
        EXECUTED.with_borrow_mut(|executed| {
            executed.all.extend(statements.iter().map(|sql| (*sql).to_owned()));
        });
    }

    /// The statements noted; `None` when they were too many.
    pub(super) fn take(&self) -> Option<HashSet<String>> {
        let all = EXECUTED.with_borrow_mut(|executed| std::mem::take(&mut executed.all));
        (all.len() <= MOST_STATEMENTS).then_some(all)
    }
}

impl Drop for Notes {
    fn drop(&mut self) {
        EXECUTED.set(std::mem::take(&mut self.0));
    }
}
