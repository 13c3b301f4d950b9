//! Which indexes would pay: proposed from what was measured, and proven on a copy.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use atra_core::Result;
use rusqlite::{Connection, OpenFlags};

use super::failure::sql_error;
use super::profile::tokens;
use super::{StatementProfile, Store, StoreOptions, connect};

/// An index that made a statement faster on a copy of the database.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Advice {
    /// The statement that makes the index.
    pub create: String,
    /// The statement that gains.
    pub sql: String,
    /// SQLite's plan for it, without and with the index.
    pub plan: (String, String),
    /// How long its slowest known execution takes, without and with the index.
    pub time: (Duration, Duration),
    /// How many bytes the index takes.
    pub bytes: u64,
    /// About how much dearer it makes each write of a row.
    pub write_cost: Duration,
}

/// What the advisor found.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Advices {
    /// Indexes that pay, the greatest gain first.
    pub create: Vec<Advice>,
    /// Indexes that no profiled statement uses, or that another one contains.
    pub drop: Vec<(String, String)>,
}

/// An index is worth its keep when the statement becomes so many times faster.
const WORTH: f64 = 1.3;

/// Statements looked at, the dearest first.
const STATEMENTS: usize = 50;

impl Store {
    /// Looks for indexes that would make the profiled statements faster. Each is tried on a copy of the database,
    /// and only what gained is advised. The copy needs as much space as the database, beside it.
    pub fn advise(&self, statements: &[StatementProfile]) -> Result<Advices> {
        let mut name = self.inner.path.as_os_str().to_owned();
        name.push(".advise");
        let copy = Path::new(&name);
        let _ = std::fs::remove_file(copy);
        self.backup(copy, |_, _| ())?;
        let advices = try_out(copy, statements);
        let _ = std::fs::remove_file(copy);
        advices
    }

    /// Makes the indexes advised.
    pub fn apply(&self, advices: &Advices) -> Result<()> {
        let create: Vec<String> = advices.create.iter().map(|advice| advice.create.clone()).collect();
        self.write(move |conn| {
            for sql in &create {
                conn.execute_batch(sql)?;
            }
            Ok(conn.execute_batch("PRAGMA optimize")?)
        })
    }
}

fn try_out(copy: &Path, statements: &[StatementProfile]) -> Result<Advices> {
    let conn = connect::open(copy, OpenFlags::SQLITE_OPEN_READ_WRITE, &StoreOptions::new())?;
    (|| {
        conn.execute_batch("PRAGMA synchronous = OFF; ANALYZE;")?;
        let mut advices = Advices::default();
        let mut used = String::new();
        let mut names = Names::read(&conn)?;
        for statement in statements.iter().take(STATEMENTS) {
            // What cannot be planned (a table that is gone) or only writes has nothing to say here.
            let Ok(plan) = plan(&conn, &statement.example) else { continue };
            used.push_str(&plan);
            used.push_str("; ");
            if !statement
                .example
                .trim_start()
                .get(..6)
                .is_some_and(|word| word.eq_ignore_ascii_case("select"))
            {
                continue;
            }
            let candidates = candidates(&conn, &statement.example, &plan)?;
            if candidates.is_empty() {
                continue;
            }
            let before = measure(&conn, &statement.example)?;
            let mut best: Option<Advice> = None;
            for (table, columns) in candidates {
                let name = names.of(&table, &columns);
                let on = format!("{} ({})", quoted(&table), list(&columns));
                let tried = try_index(&conn, statement, &table, (&name, &on), (&plan, before))?;
                if tried.time.1.as_secs_f64() * WORTH < before.as_secs_f64()
                    && uses(&tried.plan.1, &name)
                    && best.as_ref().is_none_or(|best| tried.time.1 < best.time.1)
                {
                    best = Some(tried);
                }
            }
            advices.create.extend(best);
        }
        advices.create.sort_by_key(|advice| std::cmp::Reverse(advice.time.0.saturating_sub(advice.time.1)));
        let mut seen = BTreeSet::new();
        advices.create.retain(|advice| seen.insert(advice.create.clone()));
        advices.drop = droppable(&conn, &used, !statements.is_empty())?;
        rusqlite::Result::Ok(advices)
    })()
    .map_err(sql_error)
}

fn try_index(
    conn: &Connection,
    statement: &StatementProfile,
    table: &str,
    (name, on): (&str, &str),
    (plan_before, before): (&str, Duration),
) -> rusqlite::Result<Advice> {
    let create = format!("CREATE INDEX {} ON {on}", quoted(name));
    let pages = |conn: &Connection| conn.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0));
    let free = |conn: &Connection| conn.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0));
    let used_before = pages(conn)? - free(conn)?;
    let started = Instant::now();
    conn.execute_batch(&create)?;
    let took = started.elapsed();
    conn.execute_batch("ANALYZE")?;
    let (after, plan_after) = (measure(conn, &statement.example)?, plan(conn, &statement.example)?);
    let size = (pages(conn)? - free(conn)? - used_before).unsigned_abs() * 4096;
    let rows: i64 =
        conn.query_row(&format!("SELECT count(*) FROM {}", quoted(table)), [], |row| row.get(0))?;
    conn.execute_batch(&format!("DROP INDEX {}; ANALYZE;", quoted(name)))?;
    Ok(Advice {
        create,
        sql: statement.sql.clone(),
        plan: (plan_before.to_owned(), plan_after),
        time: (before, after),
        bytes: size,
        write_cost: took / u32::try_from(rows.max(1)).unwrap_or(u32::MAX),
    })
}

/// Names of new indexes: none that the database has, and none for two sets of columns.
struct Names {
    taken: Vec<String>,
    given: Vec<(String, Vec<String>, String)>,
}

impl Names {
    fn read(conn: &Connection) -> rusqlite::Result<Self> {
        let mut select = conn.prepare("SELECT name FROM sqlite_schema")?;
        let taken = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self { taken, given: Vec::new() })
    }

    fn of(&mut self, table: &str, columns: &[String]) -> String {
        if let Some((.., name)) = self.given.iter().find(|(on, of, _)| on == table && of == columns) {
            return name.clone();
        }
        let plain = format!("{table}_by_{}", columns.join("_"));
        let mut name = plain.clone();
        let mut count = 1;
        // SQLite does not tell names of another case apart.
        while self.taken.iter().any(|taken| taken.eq_ignore_ascii_case(&name)) {
            count += 1;
            name = format!("{plain}_{count}");
        }
        self.taken.push(name.clone());
        self.given.push((table.to_owned(), columns.to_owned(), name.clone()));
        name
    }
}

/// Whether the index is one that the plan names: its name may begin another's.
fn uses(plan: &str, index: &str) -> bool {
    let named = format!("INDEX {index}");
    plan.match_indices(&named)
        .any(|(at, _)| matches!(plan.as_bytes().get(at + named.len()), None | Some(b' ' | b';')))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn list(columns: &[String]) -> String {
    columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
}

fn plan(conn: &Connection, sql: &str) -> rusqlite::Result<String> {
    let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let steps = explain.query_map([], |row| row.get::<_, String>(3))?;
    Ok(steps.collect::<rusqlite::Result<Vec<_>>>()?.join("; "))
}

/// The fastest of a few executions.
fn measure(conn: &Connection, sql: &str) -> rusqlite::Result<Duration> {
    let mut fastest = Duration::MAX;
    let mut spent = Duration::ZERO;
    for _ in 0..7 {
        let started = Instant::now();
        let mut select = conn.prepare(sql)?;
        let mut rows = select.query([])?;
        while rows.next()?.is_some() {}
        let took = started.elapsed();
        fastest = fastest.min(took);
        spent += took;
        if spent > Duration::from_secs(3) {
            break;
        }
    }
    Ok(fastest)
}

/// Indexes that might help: on the columns of a scanned table that the statement compares, sorts or groups by.
fn candidates(conn: &Connection, sql: &str, plan: &str) -> rusqlite::Result<Vec<(String, Vec<String>)>> {
    let words = tokens(sql);
    let mut found = Vec::new();
    let mut tables = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite%'",
    )?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let named = words.iter().any(|word| unquoted(word).eq_ignore_ascii_case(&table));
        // It may go by an alias in the plan, so the statement as a whole has to be one that scans or sorts.
        let is_slow = ["SCAN ", "TEMP B-TREE", "AUTOMATIC"].iter().any(|sign| plan.contains(sign));
        if !named || !is_slow {
            continue;
        }
        let mut columns = conn.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let columns: Vec<String> =
            columns.query_map([&table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let (mut equal, mut ranged, mut ordered) = (Vec::new(), Vec::new(), Vec::new());
        let mut in_order = false;
        for (index, word) in words.iter().enumerate() {
            let next = words.get(index + 1).copied().unwrap_or_default();
            if word.eq_ignore_ascii_case("order") || word.eq_ignore_ascii_case("group") {
                in_order = true;
            } else if word.eq_ignore_ascii_case("limit") || *word == ")" {
                in_order = false;
            }
            let Some(column) = columns.iter().find(|column| unquoted(word).eq_ignore_ascii_case(column))
            else {
                continue;
            };
            let list = match next.to_ascii_lowercase().as_str() {
                "=" | "==" | "is" | "in" => &mut equal,
                "<" | ">" | "between" | "like" => &mut ranged,
                // `?1 = column`
                _ if index > 0 && matches!(words.get(index - 1), Some(&"=")) => &mut equal,
                _ if in_order => &mut ordered,
                _ => continue,
            };
            if !list.contains(column) {
                list.push(column.clone());
            }
        }
        equal.truncate(3);
        let existing = indexed(conn, &table)?;
        let mut propose = |columns: Vec<String>| {
            if !columns.is_empty()
                && !existing.iter().any(|index| index.starts_with(&columns))
                && !found.contains(&(table.clone(), columns.clone()))
            {
                found.push((table.clone(), columns));
            }
        };
        for column in equal.iter().chain(ranged.iter().take(2)) {
            propose(vec![column.clone()]);
        }
        propose(equal.clone());
        propose([&ordered[..]].concat());
        for last in ranged.iter().take(2).map(std::slice::from_ref).chain([&ordered[..]]) {
            let fresh: Vec<String> = last.iter().filter(|column| !equal.contains(column)).cloned().collect();
            propose([&equal[..], &fresh[..]].concat());
        }
    }
    found.truncate(12);
    Ok(found)
}

/// The columns of each index a table has (an expression has no name), keys among them; one of some rows answers for few.
fn indexed(conn: &Connection, table: &str) -> rusqlite::Result<Vec<Vec<String>>> {
    let mut select = conn.prepare(
        "SELECT list.seq, ifnull(info.name, '') FROM pragma_index_list(?1) AS list, pragma_index_info(list.name) AS info
         WHERE NOT list.partial ORDER BY list.seq, info.seqno",
    )?;
    let mut indexes: Vec<(i64, Vec<String>)> = Vec::new();
    for row in select.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (index, column): (i64, String) = row?;
        match indexes.last_mut() {
            Some((last, columns)) if *last == index => columns.push(column),
            _ => indexes.push((index, vec![column])),
        }
    }
    Ok(indexes.into_iter().map(|(_, columns)| columns).collect())
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '`', '[', ']'])
}

/// Indexes nobody would miss, and why.
fn droppable(conn: &Connection, used: &str, has_profile: bool) -> rusqlite::Result<Vec<(String, String)>> {
    let mut select = conn.prepare(
        "SELECT tables.name, list.name, list.\"unique\",
             (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(list.name) ORDER BY seqno))
         FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS list
         WHERE tables.type = 'table' AND list.origin = 'c' ORDER BY list.name",
    )?;
    let indexes: Vec<(String, String, bool, String)> = select
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<String>>(3)?.unwrap_or_default()))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut drop = Vec::new();
    for (table, index, is_unique, columns) in &indexes {
        let container = indexes.iter().find(|(other_table, other, _, others)| {
            other_table == table
                && other != index
                && (others.starts_with(&format!("{columns},")) || (others == columns && other < index))
        });
        if let (Some((_, other, ..)), false) = (container, is_unique) {
            drop.push((index.clone(), format!("{other} contains it")));
        } else if has_profile && !is_unique && !uses(used, index) {
            drop.push((index.clone(), "no profiled statement uses it".to_owned()));
        }
    }
    Ok(drop)
}
