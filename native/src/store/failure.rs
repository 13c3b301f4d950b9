//! Errors on their way out of SQLite: what happened, in words for the person who reads them.

use std::fmt;

use atra_core::{Error, ErrorKind};
use rusqlite::ErrorCode;

/// Why a closure given to [`Store::write`](super::Store::write) or [`Store::read`](super::Store::read) gave up.
///
/// `?` makes it from a [`rusqlite::Error`] as well as from atra's own [`Error`], which is all it is for.
#[derive(Debug)]
pub struct Failure(Error);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self(sql_error(error))
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

/// An SQLite error as atra's: the kind decides what a caller can do.
pub(super) fn sql_error(error: rusqlite::Error) -> Error {
    let (kind, hint) = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (ErrorKind::Busy, "another process held the lock past the deadline")
        }
        Some(ErrorCode::NotADatabase) => (ErrorKind::Database, "not an SQLite database"),
        Some(ErrorCode::AuthorizationForStatementDenied) => (
            ErrorKind::Database,
            "the store begins and ends transactions itself; BEGIN, COMMIT, ROLLBACK, ATTACH and deferred foreign keys are refused",
        ),
        Some(ErrorCode::ReadOnly) => (ErrorKind::Database, "only `write` may change the database"),
        // Nothing else is misused by safe code.
        Some(ErrorCode::ApiMisuse) => (ErrorKind::Parameter, "the SQL is empty"),
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => (ErrorKind::Io, ""),
        None if matches!(error, rusqlite::Error::QueryReturnedNoRows) => (ErrorKind::NotFound, ""),
        Some(_) | None => (ErrorKind::Database, ""),
    };
    // SQLite's text may span lines when it quotes the statement; a message of ours is one line.
    let said = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    let message = if hint.is_empty() { said } else { format!("{hint} ({said})") };
    Error::new(kind, message).with_source(error)
}

/// The same error once more, for the other requests of a group that failed together.
pub(super) fn repeat(error: &Error) -> Error {
    Error::new(error.kind(), error.to_string())
}
