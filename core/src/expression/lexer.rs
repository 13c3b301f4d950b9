//! An expression's text as words and signs.

use std::ops::Range;

use crate::{Error, Result};

use super::place::Place;

/// The longest text that is read, in bytes.
pub(super) const LONGEST: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    /// A name: of a column, an indicator, a parameter; or a word of the language.
    Name(&'a str),
    /// A column's name in quotes.
    Quoted(&'a str),
    /// `$name`
    Variable(&'a str),
    /// An operator or a bracket.
    Sign(&'static str),
    End,
}

/// Longer ones before those they begin with.
const SIGNS: [&str; 17] =
    ["<=", ">=", "==", "!=", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."];

/// What other languages write, and what is written here.
const FOREIGN: [(&str, &str); 6] =
    [("&&", "and"), ("||", "or"), ("&", "and"), ("|", "or"), ("!", "not"), ("<>", "!=")];

/// The tokens of a text, each with the bytes it was read from; the last one is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>> {
    if text.len() > LONGEST {
        let message = format!("an expression has at most {LONGEST} bytes, this one has {}", text.len());
        return Err(Error::parameter(message));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            tokens.push((Token::End, at..at));
            return Ok(tokens);
        };
        let (token, length) = token(rest, first)
            .map_err(|(message, length)| Place::new(text, at..at + length).of(Error::parameter(message)))?;
        tokens.push((token, at..at + length));
        at += length;
    }
}

/// The first token of what is left and its length, or what is wrong with how much of it.
fn token(rest: &str, first: char) -> Result<(Token<'_>, usize), (String, usize)> {
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if is_number(rest) || rest.strip_prefix('.').is_some_and(is_number) {
        let number = &rest[..number_length(rest)];
        return match number.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok((Token::Number(value), number.len())),
            _ => Err((format!("`{number}` is not a finite number"), number.len())),
        };
    }
    if is_of_name(first) {
        let name = &rest[..name_length(rest)];
        return Ok((Token::Name(name), name.len()));
    }
    if let Some(name) = rest.strip_prefix('$') {
        return match name_length(name) {
            0 => Err(("after `$` comes the name of a parameter".to_owned(), 1)),
            length => Ok((Token::Variable(&name[..length]), 1 + length)),
        };
    }
    if let Some(quoted) = rest.strip_prefix('"') {
        return match quoted.find('"') {
            Some(length) => Ok((Token::Quoted(&quoted[..length]), length + 2)),
            None => Err(("the quotes are not closed".to_owned(), rest.len())),
        };
    }
    let starts = |sign: &&&str| rest.starts_with(**sign);
    if let Some((foreign, ours)) = FOREIGN.iter().find(|(sign, _)| starts(&sign))
        && !rest.starts_with("!=")
    {
        return Err((format!("`{foreign}` is written `{ours}`"), foreign.len()));
    }
    match SIGNS.iter().find(starts) {
        Some(sign) => Ok((Token::Sign(sign), sign.len())),
        None => Err((format!("`{}` has no meaning here", first.escape_debug()), first.len_utf8())),
    }
}

fn is_of_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn name_length(text: &str) -> usize {
    text.find(|c| !is_of_name(c)).unwrap_or(text.len())
}

fn number_length(text: &str) -> usize {
    let digits = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
    };
    let mut end = digits(0);
    if text[end..].starts_with('.') {
        end = digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    end
}
