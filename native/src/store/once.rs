//! Writes that run at most once for one id.

use atra_core::codec::{self, Format};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::Failure;

/// Ids that are remembered.
const KEPT: i64 = 100_000;

/// Runs `work` unless it ran under this id before; its result, now or then.
pub(super) fn run<T: Serialize + DeserializeOwned>(
    conn: &Connection,
    id: &str,
    work: impl FnOnce(&Connection) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut find = conn.prepare_cached("SELECT result FROM requests WHERE id = ?1")?;
    if let Some(result) = find.query_row([id], |row| row.get::<_, Vec<u8>>(0)).optional()? {
        return Ok(codec::decode(&result).map_err(|error| error.context(format_args!("write {id}")))?);
    }
    let value = work(conn)?;
    let result = codec::encode(&value, Format::MessagePack)?;
    conn.prepare_cached("INSERT INTO requests (id, result) VALUES (?1, ?2)")?.execute(params![id, result])?;
    let number = conn.last_insert_rowid();
    if number % 1024 == 0 {
        let mut forget = conn.prepare_cached("DELETE FROM requests WHERE number <= ?1")?;
        forget.execute([number - KEPT])?;
    }
    Ok(value)
}
