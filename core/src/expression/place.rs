//! Where in an expression something is wrong.

use std::fmt;
use std::ops::Range;

use crate::Error;

/// The part of an expression that an error is about: the [source](std::error::Error::source) of every error of this
/// module that has one. It is shown as the expression, and carets below the part.
///
/// ```
/// use atra_core::expression::Expression;
///
/// let error = Expression::parse("close > sna(200)").unwrap_err();
/// assert_eq!(error.to_string(), "character 9: unknown indicator `sna`; did you mean `sma`?");
/// let place = std::error::Error::source(&error).map(|place| place.to_string());
/// assert_eq!(place.as_deref(), Some("close > sna(200)\n        ^^^"));
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    text: String,
    /// In bytes.
    part: Range<usize>,
}

impl Place {
    pub(super) fn new(text: &str, part: Range<usize>) -> Self {
        Self { text: text.to_owned(), part }
    }

    /// Where it begins, in characters from 1.
    #[must_use]
    pub fn character(&self) -> usize {
        self.width(0..self.part.start) + 1
    }

    /// The error, with this place in its message and as its source.
    pub(super) fn of(self, error: Error) -> Error {
        error.context(format_args!("character {}", self.character())).with_source(self)
    }

    fn width(&self, part: Range<usize>) -> usize {
        self.text.get(part).map_or(0, |part| part.chars().count())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // On one line, or the carets would stand below another.
        let text: String = self.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let carets = "^".repeat(self.width(self.part.clone()).max(1));
        write!(f, "{text}\n{}{carets}", " ".repeat(self.character() - 1))
    }
}

impl std::error::Error for Place {}
