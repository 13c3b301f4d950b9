//! The one error type of atra: what kind of thing went wrong, and a sentence for the person who reads it.

use std::fmt;

/// What kind of thing went wrong; decides what a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A parameter is out of range, of the wrong type, or unknown.
    Parameter,
    /// Market data breaks a rule: order of times, high below low, lengths that differ, a missing column.
    Data,
    /// The named thing (indicator, symbol, column, file) does not exist.
    NotFound,
    /// Bytes could not be read as what they claim to be.
    Format,
    /// The operating system refused a read or a write.
    Io,
    /// The database refused, or is not a database.
    Database,
    /// Another process holds the database longer than the deadline.
    Busy,
    /// The bounded write queue is full.
    Full,
    /// The store was closed, or its writer died.
    Closed,
    /// There is no memory left for what was asked.
    Memory,
}

impl ErrorKind {
    /// The kind as one lower-case word, stable across versions: the `code` of a JavaScript error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Data => "data",
            Self::NotFound => "not_found",
            Self::Format => "format",
            Self::Io => "io",
            Self::Database => "database",
            Self::Busy => "busy",
            Self::Full => "full",
            Self::Closed => "closed",
            Self::Memory => "memory",
        }
    }
}

type Source = Box<dyn std::error::Error + Send + Sync>;

/// An error: its [`kind`](Error::kind), and a one-line message that names the field, the value and what would
/// be valid.
///
/// ```
/// use atra_core::{ErrorKind, registry};
///
/// let error = registry::find("rsii").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::NotFound);
/// assert_eq!(error.to_string(), "unknown indicator `rsii`; did you mean `rsi`?");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    source: Option<Source>,
}

/// `Result` with atra's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of this kind with this message.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), source: None }))
    }

    /// Keeps `source` as the cause; it is not part of the message.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says where: `error.context("candles.csv line 7")` reads `candles.csv line 7: …`.
    #[must_use]
    pub fn context(mut self, place: impl fmt::Display) -> Self {
        self.0.message = format!("{place}: {}", self.0.message);
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    pub(crate) fn parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Parameter, message)
    }

    pub(crate) fn data(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Data, message)
    }

    pub(crate) fn format(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Format, message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// The candidate nearest to `word` when it is near enough to be a likely slip of the fingers.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_ascii_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(&word, &candidate.to_ascii_lowercase()), candidate))
        .min_by_key(|&(distance, _)| distance)
        .filter(|&(distance, candidate)| distance <= (candidate.len().max(word.len()) / 3).max(1))
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (above, y) in row.iter_mut().skip(1).zip(&b) {
            let here = (left + 1).min(*above + 1).min(diagonal + usize::from(x != *y));
            diagonal = std::mem::replace(above, here);
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        for (a, b, distance) in
            [("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("rsi", "rsi", 0), ("mac", "macd", 1)]
        {
            assert_eq!(edit_distance(a, b), distance, "{a} → {b}");
            assert_eq!(edit_distance(b, a), distance, "{b} → {a}");
        }
    }

    #[test]
    fn nearest_is_silent_when_nothing_is_near() {
        assert_eq!(nearest("superternd", ["sma", "supertrend"]), Some("supertrend"));
        assert_eq!(nearest("xylophone", ["sma", "rsi"]), None);
    }
}
