//! The tables. A released migration is never edited; changes are appended.

use atra_core::{Error, ErrorKind, Result};
use rusqlite::{Connection, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::failure::sql_error;

/// In the file's header: whose database it is (`ATRA`).
const APPLICATION_ID: i32 = i32::from_be_bytes(*b"ATRA");

const STEPS: &[M<'_>] = &[
    M::up(
        "PRAGMA application_id = 1096045121;

    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        created INTEGER NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
    ) STRICT;

    CREATE TABLE user_data (
        user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
        key TEXT NOT NULL CHECK (key <> ''),
        value BLOB NOT NULL,
        PRIMARY KEY (user_id, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE symbols (
        id INTEGER PRIMARY KEY,
        symbol TEXT NOT NULL CHECK (symbol <> ''),
        interval TEXT NOT NULL CHECK (interval <> ''),
        UNIQUE (symbol, interval)
    ) STRICT;

    CREATE TABLE candles (
        symbol_id INTEGER NOT NULL REFERENCES symbols ON DELETE CASCADE,
        time INTEGER NOT NULL,
        open REAL NOT NULL,
        high REAL NOT NULL,
        low REAL NOT NULL,
        close REAL NOT NULL,
        volume REAL NOT NULL CHECK (volume >= 0),
        PRIMARY KEY (symbol_id, time),
        CHECK (high >= low)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE signals (
        id INTEGER PRIMARY KEY,
        symbol_id INTEGER NOT NULL REFERENCES symbols ON DELETE CASCADE,
        time INTEGER NOT NULL,
        strategy TEXT NOT NULL CHECK (strategy <> ''),
        side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
        entry_price REAL NOT NULL,
        stop_loss REAL,
        take_profit REAL,
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        reason TEXT NOT NULL,
        quality_meta BLOB,
        UNIQUE (symbol_id, strategy, time)
    ) STRICT;
    CREATE INDEX signals_by_time ON signals (time);

    CREATE TABLE signals_log (
        id INTEGER PRIMARY KEY,
        signal_id INTEGER NOT NULL REFERENCES signals ON DELETE CASCADE,
        time INTEGER NOT NULL,
        event TEXT NOT NULL CHECK (event <> ''),
        note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX signals_log_by_signal ON signals_log (signal_id, time);",
    ),
    // Writes that must not run twice.
    M::up(
        "CREATE TABLE requests (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, result BLOB NOT NULL) STRICT;",
    ),
    // Candles in chunks; see `chunks`. All of them are in the view.
    M::up(
        "ALTER TABLE candles RENAME TO candle_rows;

        CREATE TABLE candle_chunks (
            id INTEGER PRIMARY KEY,
            symbol_id INTEGER NOT NULL REFERENCES symbols ON DELETE CASCADE,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL CHECK (last >= first),
            rows INTEGER NOT NULL CHECK (rows > 0),
            data BLOB NOT NULL,
            UNIQUE (symbol_id, first)
        ) STRICT;

        CREATE TABLE candle_numbers (n INTEGER PRIMARY KEY) STRICT;
        INSERT INTO candle_numbers
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 4095)
            SELECT n FROM numbers;

        CREATE VIEW candles AS
            SELECT symbol, interval, time, open, high, low, close, volume, symbol_id
            FROM candle_rows JOIN symbols ON symbols.id = symbol_id
            UNION ALL
            SELECT symbol, interval, candle_time(data, n), candle_value(data, n, 1), candle_value(data, n, 2),
                candle_value(data, n, 3), candle_value(data, n, 4), candle_value(data, n, 5), symbol_id
            FROM candle_chunks JOIN symbols ON symbols.id = symbol_id JOIN candle_numbers ON n < rows;",
    ),
    // What statements cost; see `profile`. Times are nanoseconds.
    M::up(
        "CREATE TABLE profile (
            sql TEXT PRIMARY KEY,
            example TEXT NOT NULL,
            count INTEGER NOT NULL,
            total INTEGER NOT NULL,
            p50 INTEGER NOT NULL,
            p95 INTEGER NOT NULL,
            p99 INTEGER NOT NULL,
            max INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            full_scan_steps INTEGER NOT NULL,
            sorts INTEGER NOT NULL,
            auto_index_rows INTEGER NOT NULL
        ) STRICT;",
    ),
];

/// Refuses a file that is not ours to write: another program's, or a newer atra's.
pub(super) fn check(conn: &Connection) -> Result<()> {
    // One transaction, so that a file being created by another process is seen before or after, not between.
    let (version, application, tables) = (|| {
        let tx = conn.unchecked_transaction()?;
        let number = |sql| tx.query_row(sql, [], |row| row.get::<_, i64>(0));
        rusqlite::Result::Ok((
            number("PRAGMA user_version")?,
            number("PRAGMA application_id")?,
            number("SELECT count(*) FROM sqlite_schema")?,
        ))
    })()
    .map_err(sql_error)?;
    if application != i64::from(APPLICATION_ID) && (version, tables) != (0, 0) {
        return Err(Error::new(
            ErrorKind::Database,
            "it is a database of another program; the store needs a file of its own",
        ));
    }
    if u64::try_from(version).is_ok_and(|version| version > STEPS.len() as u64) {
        return Err(Error::new(
            ErrorKind::Database,
            format!(
                "it was written by a newer version of atra (schema {version}); this one knows up to {}",
                STEPS.len()
            ),
        ));
    }
    Ok(())
}

/// Brings the schema up to date.
pub(super) fn migrate(conn: &mut Connection) -> Result<()> {
    let version = |conn: &Connection| {
        conn.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).map_err(sql_error)
    };
    // A step reads the version before it takes the lock; when another process was faster it fails, and the
    // version has moved on.
    conn.set_transaction_behavior(TransactionBehavior::Immediate);
    loop {
        let before = version(conn)?;
        match Migrations::from_slice(STEPS).to_latest(conn) {
            Ok(()) => return Ok(()),
            Err(_) if version(conn)? > before => {}
            Err(rusqlite_migration::Error::RusqliteError { err, .. }) => return Err(sql_error(err)),
            Err(error) => {
                let message = format!("the schema cannot be brought up to date: {error}");
                return Err(Error::new(ErrorKind::Database, message).with_source(error));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn migrations_are_well_formed() {
        super::Migrations::from_slice(super::STEPS).validate().unwrap();
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        assert!(super::check(&conn).is_ok());
        conn.execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(super::check(&conn).unwrap_err().to_string().contains("another program"));
    }
}
