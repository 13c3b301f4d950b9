//! Opening connections, and what each is told before its first statement.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use atra_core::{Error, ErrorKind, Result};
use rusqlite::vtab::array::Array;
use rusqlite::{Connection, OpenFlags};

use super::failure::sql_error;
use super::{StoreOptions, chunks, functions, schema};

/// Older versions can lose a write when the write-ahead log starts over.
const OLDEST_SQLITE: i32 = 3_051_003;

/// A log that starts over is cut to this size: writing over old pages is faster than growing the file.
const LOG_KEPT: i64 = 64 << 20;

const READ_ONLY: &str = "is read-only; the store must be able to write it";

/// The one connection that writes; creates the file and the tables.
pub(super) fn writer(path: &Path, options: &StoreOptions) -> Result<Connection> {
    let place = |error: Error| explain(path, error);
    let linked = rusqlite::version_number();
    if linked < OLDEST_SQLITE {
        return Err(Error::new(
            ErrorKind::Database,
            format!("SQLite {} can lose writes; 3.51.3 or newer is needed", rusqlite::version()),
        ));
    }
    if path.as_os_str().is_empty() || path.as_os_str() == ":memory:" {
        return Err(Error::new(
            ErrorKind::Parameter,
            format!("`{}` is not the path of a file; the store needs one", path.display()),
        ));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = open(path, flags, options).map_err(place)?;
    schema::check(&conn).map_err(place)?;
    write_ahead(&conn, options.busy_timeout).map_err(place)?;
    (|| {
        conn.pragma_update(None, "synchronous", "FULL")?;
        // On macOS an ordinary sync leaves data in the drive's cache; elsewhere this changes nothing.
        conn.pragma_update(None, "fullfsync", true)?;
        conn.pragma_update(None, "foreign_keys", true)?;
        // The governor copies the log, where nobody waits for it.
        conn.pragma_update(None, "wal_autocheckpoint", 0)?;
        conn.pragma_update(None, "journal_size_limit", LOG_KEPT)
    })()
    .map_err(|error| place(sql_error(error)))?;
    schema::migrate(&mut conn).map_err(place)?;
    Ok(conn)
}

/// Where SQLite found the file: the whole path, which stays right when the process changes its directory, and behind
/// symbolic links, where the log lies.
pub(super) fn place(conn: &Connection, path: &Path) -> PathBuf {
    // Without one it is not UTF-8.
    let found = conn.path().map(PathBuf::from).or_else(|| path.canonicalize().ok());
    found.unwrap_or_else(|| path.to_owned())
}

/// A connection that can only read.
pub(super) fn reader(path: &Path, options: &StoreOptions) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    open(path, flags, options).map_err(|error| explain(path, error))
}

/// A connection with what every connection has.
pub(super) fn open(path: &Path, flags: OpenFlags, options: &StoreOptions) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, flags).map_err(sql_error)?;
    let is_writer = flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE);
    if is_writer && conn.is_readonly("main").map_err(sql_error)? {
        return Err(Error::new(ErrorKind::Io, READ_ONLY));
    }
    (|| {
        conn.busy_timeout(options.busy_timeout)?;
        conn.set_prepared_statement_cache_capacity(64);
        conn.pragma_update(None, "cache_size", -cache_kib(path))?;
        conn.pragma_update(None, "mmap_size", options.mmap_bytes)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        rusqlite::vtab::array::load_module(&conn)?;
        chunks::register(&conn)?;
        functions::register(&conn)
    })()
    .map_err(sql_error)?;
    Ok(conn)
}

/// Texts as one parameter: `name IN rarray(?1)`. It measured as fast as `json_each`, which ends a text at its first
/// NUL, and faster than a temporary table.
pub(super) fn list<'a>(texts: impl Iterator<Item = &'a str>) -> Array {
    Rc::new(texts.map(|text| text.to_owned().into()).collect())
}

/// A quarter of the file, from 2 to 64 MiB and at most 1/64 of the machine's memory: a small bot on a small machine
/// stays small, and more was not faster when measured.
fn cache_kib(path: &Path) -> i64 {
    let file_kib = std::fs::metadata(path).map_or(0, |file| file.len() / 1024);
    let most = memory_kib().map_or(64 << 10, |memory| (memory / 64).clamp(2 << 10, 64 << 10));
    i64::try_from(file_kib / 4).unwrap_or(i64::MAX).clamp(2 << 10, most)
}

/// The machine's memory, where it can be asked for without `unsafe`.
fn memory_kib() -> Option<i64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Switches to the write-ahead log. SQLite does not wait for another process here by itself.
fn write_ahead(conn: &Connection, deadline: Duration) -> Result<()> {
    let start = Instant::now();
    loop {
        let mode = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode.map_err(sql_error) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => {
                return Err(Error::new(
                    ErrorKind::Database,
                    format!("this file system has no write-ahead log (journal mode stays `{mode}`)"),
                ));
            }
            Err(error) if error.kind() == ErrorKind::Busy && start.elapsed() < deadline => {
                thread::sleep(Duration::from_millis(5));
            }
            Err(error) => return Err(error),
        }
    }
}

/// The error as a sentence about the file: "`bot.db` is not an SQLite database".
fn explain(path: &Path, error: Error) -> Error {
    let file = path.display();
    if sqlite_error(&error).and_then(rusqlite::Error::sqlite_extended_error_code)
        == Some(rusqlite::ffi::SQLITE_READONLY_DIRECTORY)
    {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let message = format!(
            "cannot open `{file}`: the directory `{}` cannot be written, and the write-ahead log belongs there",
            parent.unwrap_or(Path::new(".")).display()
        );
        return Error::new(ErrorKind::Io, message).with_source(error);
    }
    let missing = path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.is_dir());
    let message = match (error.kind(), missing) {
        (ErrorKind::Io, Some(parent)) => {
            format!("cannot open `{file}`: the directory `{}` does not exist", parent.display())
        }
        (ErrorKind::Io, _) if error.to_string() == READ_ONLY => format!("`{file}` {READ_ONLY}"),
        (ErrorKind::Io, None) if path.is_dir() => format!("cannot open `{file}`: it is a directory"),
        (ErrorKind::Database, _) if is_not_a_database(&error) => {
            format!("`{file}` is not an SQLite database")
        }
        _ => format!("cannot open `{file}`: {error}"),
    };
    Error::new(error.kind(), message).with_source(error)
}

fn is_not_a_database(error: &Error) -> bool {
    sqlite_error(error).and_then(rusqlite::Error::sqlite_error_code)
        == Some(rusqlite::ErrorCode::NotADatabase)
}

fn sqlite_error(error: &Error) -> Option<&rusqlite::Error> {
    std::error::Error::source(error).and_then(|source| source.downcast_ref())
}
