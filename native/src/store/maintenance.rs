//! Looking after the file: what is in it, whether it is sound, a copy of it, its size.

use std::fs;
use std::path::{Path, PathBuf};

use atra_core::{Error, ErrorKind, Result, codec};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde::de::IgnoredAny;

use super::failure::sql_error;
use super::{Store, StoreOptions, chunks, connect, schema};

/// Pages that a copy takes at a time: a few megabytes.
const STEP: i32 = 1024;

impl Store {
    /// Copies the database as it is now into `target`, while reads and writes go on. `progress` is told the pages
    /// copied and all pages.
    ///
    /// The copy appears under its name only when it is whole and on the disk. Fails when there is a file already.
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// store.add_user("ada")?;
    /// store.backup(directory.path().join("copy.db"), |done, all| assert!(done <= all))?;
    /// let copy = atra::Store::open(directory.path().join("copy.db"))?;
    /// assert_eq!(copy.users()?.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn backup(&self, target: impl AsRef<Path>, progress: impl FnMut(u64, u64)) -> Result<()> {
        self.inner.health.check()?;
        // One snapshot for the whole copy, on a connection of its own: a commit meanwhile would make SQLite begin
        // anew, again and again.
        let conn = connect::reader(&self.inner.path, &StoreOptions::new())?;
        copy(&conn, target.as_ref(), false, progress)
    }

    /// What is wrong with the database; nothing is when the list is empty. Looks at every page and every row.
    pub fn check(&self) -> Result<Vec<String>> {
        self.read(|conn| Ok(check(conn)?))
    }

    /// Rewrites the file without the space that deleted rows have left. Writes wait meanwhile, and as much free
    /// space again is needed.
    pub fn vacuum(&self) -> Result<()> {
        self.inner.health.refuse_in_write("vacuum")?;
        self.inner.writer.exclusively(|conn| {
            conn.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);").map_err(sql_error)
        })
    }

    /// Facts about the file and how it is used, by name: sizes, settings, rows.
    pub fn info(&self) -> Result<Vec<(String, String)>> {
        let mut facts = vec![
            ("path".to_owned(), self.inner.path.display().to_string()),
            ("file bytes".to_owned(), bytes(&self.inner.path)),
            ("log bytes".to_owned(), bytes(&suffixed(&self.inner.path, "-wal"))),
            ("SQLite".to_owned(), rusqlite::version().to_owned()),
        ];
        let of_file = ["user_version", "page_size", "page_count", "freelist_count", "journal_mode"];
        let of_writer = [
            "synchronous",
            "foreign_keys",
            "busy_timeout",
            "wal_autocheckpoint",
            "journal_size_limit",
            "cache_size",
            "mmap_size",
            "temp_store",
        ];
        facts.extend(self.inner.writer.exclusively(|conn| {
            let mut facts = settings(conn, "", &of_file).map_err(sql_error)?;
            facts.extend(settings(conn, "writer ", &of_writer).map_err(sql_error)?);
            Ok(facts)
        })?);
        self.read(|conn| {
            facts.extend(settings(conn, "reader ", &["cache_size", "mmap_size", "temp_store"])?);
            let options: Vec<String> = conn
                .prepare("SELECT compile_options FROM pragma_compile_options")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let contends = options.iter().any(|option| option == "ENABLE_MEMORY_MANAGEMENT")
                || !options.iter().any(|option| option == "DEFAULT_MEMSTATUS=0");
            let advice =
                if contends { "readers share a lock: see LIBSQLITE3_FLAGS" } else { "free of shared locks" };
            facts.push(("build".to_owned(), advice.to_owned()));
            let mut tables = conn.prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0
                     AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
            )?;
            let names: Vec<String> =
                tables.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            for name in names {
                let sql = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
                let count: i64 = conn.query_row(&sql, [], |row| row.get(0))?;
                facts.push((format!("rows of {name}"), count.to_string()));
            }
            Ok(())
        })?;
        Ok(facts)
    }
}

/// What PRAGMAs answer.
fn settings(conn: &Connection, whose: &str, names: &[&str]) -> rusqlite::Result<Vec<(String, String)>> {
    let ask = |name: &&str| {
        let value = conn.query_row(&format!("PRAGMA {name}"), [], |row| {
            Ok(match row.get::<_, Value>(0)? {
                Value::Text(text) => text,
                Value::Integer(number) => number.to_string(),
                other => format!("{other:?}"),
            })
        });
        // Without a row it is switched off.
        Ok((format!("{whose}{name}"), value.optional()?.unwrap_or_else(|| "0".to_owned())))
    };
    names.iter().map(ask).collect()
}

/// Makes `path` the database that `backup` is a copy of. What is there is replaced if `replaces`.
///
/// The backup is checked first. Fails while anybody has the database open.
pub fn restore(backup: impl AsRef<Path>, path: impl AsRef<Path>, replaces: bool) -> Result<()> {
    let (backup, path) = (backup.as_ref(), path.as_ref());
    let source = connect::reader(backup, &StoreOptions::new())?;
    schema::check(&source).map_err(|error| error.context(backup.display()))?;
    let damaged =
        |what: String| Error::new(ErrorKind::Database, format!("`{}` is damaged: {what}", backup.display()));
    let wrong = check(&source).map_err(|error| damaged(error.to_string()))?;
    if let Some(first) = wrong.into_iter().next() {
        return Err(damaged(first));
    }
    if path.exists() {
        if !replaces {
            return Err(exists(path));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let in_use = Connection::open_with_flags(path, flags).and_then(|conn| {
            conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK;")
        });
        // A damaged one is what restoring is for.
        if in_use.is_err_and(|error| error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)) {
            let message = format!("`{}` is in use; stop whoever has it open", path.display());
            return Err(Error::new(ErrorKind::Busy, message));
        }
    }
    // What a symbolic link points to is the database.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    copy(&source, &target, replaces, |_, _| ())
}

/// Copies a database under another name first; what is at `target` is replaced in the last moment.
fn copy(conn: &Connection, target: &Path, replaces: bool, mut progress: impl FnMut(u64, u64)) -> Result<()> {
    if target.exists() && !replaces {
        return Err(exists(target));
    }
    let io = |error: std::io::Error| {
        Error::new(ErrorKind::Io, format!("cannot write `{}`: {error}", target.display())).with_source(error)
    };
    let part = suffixed(target, ".part");
    let _ = fs::remove_file(&part);
    let copied = (|| {
        conn.execute_batch("BEGIN")?;
        conn.query_row("PRAGMA schema_version", [], |_| Ok(()))?;
        let mut other = Connection::open(&part)?;
        // It is synced once, whole.
        other.pragma_update(None, "synchronous", "OFF")?;
        let backup = Backup::new(conn, &mut other)?;
        loop {
            let step = backup.step(STEP)?;
            let state = backup.progress();
            let pages = |count: i32| u64::try_from(count).unwrap_or(0);
            progress(pages(state.pagecount - state.remaining), pages(state.pagecount));
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(std::time::Duration::from_millis(5)),
            }
        }
        drop(backup);
        // A single file, without a log beside it.
        other.pragma_update(None, "journal_mode", "DELETE")
    })();
    let _ = conn.execute_batch("ROLLBACK");
    let finished = copied.map_err(sql_error).and_then(|()| {
        fs::File::open(&part).and_then(|file| file.sync_all()).map_err(io)?;
        for end in ["-wal", "-shm"] {
            match fs::remove_file(suffixed(target, end)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
                _ => {}
            }
        }
        fs::rename(&part, target).map_err(io)?;
        // So that the name, too, survives a power cut.
        #[cfg(unix)]
        if let Some(parent) = target.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::File::open(parent).and_then(|directory| directory.sync_all()).map_err(io)?;
        }
        Ok(())
    });
    if finished.is_err() {
        let _ = fs::remove_file(&part);
    }
    finished
}

fn check(conn: &Connection) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    (|| {
        let mut select = conn.prepare("PRAGMA integrity_check")?;
        let verdicts = select.query_map([], |row| row.get::<_, String>(0))?;
        wrong.extend(
            verdicts.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().filter(|verdict| verdict != "ok"),
        );
        let mut select = conn.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
        let orphans = select.query_map([], |row| {
            let row_id: Option<i64> = row.get(1)?;
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            Ok(format!("{table} {}: nothing in {parent} belongs to it", row_id.unwrap_or(0)))
        })?;
        wrong.extend(orphans.collect::<rusqlite::Result<Vec<_>>>()?);
        for (what, sql) in [
            ("user_data", "SELECT user_id, value FROM user_data"),
            ("signals", "SELECT id, quality_meta FROM signals WHERE quality_meta IS NOT NULL"),
            ("requests", "SELECT number, result FROM requests"),
        ] {
            let mut select = conn.prepare(sql)?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                if let Err(error) = codec::decode::<IgnoredAny>(row.get_ref(1)?.as_blob()?) {
                    wrong.push(format!("{what} {}: {error}", row.get::<_, i64>(0)?));
                }
            }
        }
        let inside: i64 = conn.query_row(
            "SELECT count(*) FROM candle_rows r JOIN candle_chunks c
                 ON c.symbol_id = r.symbol_id AND r.time BETWEEN c.first AND c.last",
            [],
            |row| row.get(0),
        )?;
        if inside > 0 {
            wrong.push(format!("candle_rows: {inside} rows lie within chunks"));
        }
        rusqlite::Result::Ok(())
    })()
    .map_err(sql_error)?;
    wrong.append(&mut chunks::check(conn)?);
    Ok(wrong)
}

fn exists(path: &Path) -> Error {
    Error::new(ErrorKind::Io, format!("`{}` exists already", path.display()))
}

fn suffixed(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn bytes(path: &Path) -> String {
    fs::metadata(path).map_or(0, |file| file.len()).to_string()
}
