//! Expressions over candles and indicators: `rsi(14) < 30 and close > sma(200)`.
//!
//! ```
//! use atra_core::{Candle, Frame, expression::Expression};
//!
//! let candle = |bar: i64| {
//!     let price = 100.0 + bar as f64;
//!     Candle { time: bar, open: price, high: price, low: price, close: price, volume: 1.0 }
//! };
//! let frame = Frame::candles((0..5).map(candle))?;
//!
//! let rises = Expression::condition("close > close[1] and close > sma(3)")?;
//! assert_eq!(rises.conditions(&frame)?, [false, false, true, true, true]);
//!
//! let distance = Expression::number("(close - sma(3)) / sma(3) * 100")?;
//! assert!((distance.numbers(&frame)?[2] - 0.99).abs() < 0.01);
//! # Ok::<(), atra_core::Error>(())
//! ```
//!
//! # The language
//!
//! | | |
//! |---|---|
//! | `30`, `0.5`, `1e6` | numbers |
//! | `open` `high` `low` `close` `volume` `time`, `"any column"` | columns of the frame |
//! | `rsi()`, `rsi(7)`, `bbands(period=20, up=2).upper` | indicators, by id or TA-Lib name; one of several outputs behind a dot |
//! | `sma(volume, 20)`, `sma(rsi(14), 5)` | an indicator of other columns: as many as it reads, before its parameters |
//! | `close[1]`, `macd().histogram[2]` | of some bars ago |
//! | `+ - * /`, `abs(x)` | arithmetic |
//! | `< <= > >= == !=` | comparison |
//! | `and` `or` `not` | conditions joined |
//! | `crosses_above(a, b)`, `crosses_below(a, b)` | `a` was at most (at least) `b` a bar ago, and is above (below) it now |
//! | `$name` | a parameter given beside the text |
//!
//! `*` and `/` bind more strongly than `+` and `-`, then come comparisons, `not`, `and`, `or`. A number or a name given
//! to an indicator without `=` is the next of its parameters; one given with `=` stands behind those.
//!
//! # Missing numbers
//!
//! An indicator that is warming up has no number, nor has a gap, the time before the first bar, or arithmetic whose
//! result is not finite, as division by zero. Arithmetic with a missing number gives none. **Every comparison with one is
//! false**, `!=` too, and `not` makes that true: where that matters, write `rsi(14) >= 30` instead of `not rsi(14) < 30`.
//!
//! # No look-ahead
//!
//! Row `i` is computed from rows `0..=i`. There is no way to write a later one.

mod call;
mod evaluate;
mod graph;
mod lexer;
mod parser;
mod place;

use std::collections::BTreeSet;

use crate::error::nearest;
use crate::{Args, Error, ErrorKind, Frame, Result, registry};

use graph::{Graph, Id, Node};
use parser::Parser;
pub use place::Place;

/// What an expression is in each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, or none (NaN).
    Number,
    /// True or false.
    Condition,
}

/// An expression's values, one a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers; NaN where there is none.
    Numbers(Vec<f64>),
    /// True or false.
    Conditions(Vec<bool>),
}

impl Values {
    /// As numbers: a condition is 1 or 0.
    #[must_use]
    pub fn into_numbers(self) -> Vec<f64> {
        match self {
            Self::Numbers(numbers) => numbers,
            Self::Conditions(conditions) => conditions.into_iter().map(|x| f64::from(u8::from(x))).collect(),
        }
    }

    /// As conditions: a number is true when it is one, and not 0.
    #[must_use]
    pub fn into_conditions(self) -> Vec<bool> {
        match self {
            Self::Numbers(numbers) => numbers.into_iter().map(|x| x != 0.0 && !x.is_nan()).collect(),
            Self::Conditions(conditions) => conditions,
        }
    }
}

/// Several expressions read once, then computed over any number of frames. What they have in common, as the same
/// indicator with the same parameters, is computed once.
///
/// ```
/// use atra_core::{Args, expression::{Expressions, Kind}};
///
/// let mut expressions = Expressions::new();
/// expressions.add("close > sma($slow)", Some(Kind::Condition), &Args::new().with("slow", 200.0))?;
/// expressions.add_list("rsi(14), close - sma(200)", &Args::new())?;
/// assert_eq!(expressions.texts(), ["close > sma($slow)", "rsi(14)", "close - sma(200)"]);
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Expressions {
    graph: Graph,
    roots: Vec<Id>,
    texts: Vec<String>,
}

impl Expressions {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an expression, whose `$name`s are given by `variables`; returns its place among them.
    ///
    /// Fails when it cannot be read or is not of the kind that is wanted. The error is a sentence that begins with the
    /// place, and its source is the [`Place`].
    pub fn add(&mut self, text: &str, wanted: Option<Kind>, variables: &Args) -> Result<usize> {
        let nodes = self.graph.nodes.len();
        let root = self.read(text, wanted, variables).inspect_err(|_| self.graph.truncate(nodes))?;
        self.roots.push(root);
        self.texts.push(text.trim().to_owned());
        Ok(self.roots.len() - 1)
    }

    fn read(&mut self, text: &str, wanted: Option<Kind>, variables: &Args) -> Result<Id> {
        let mut parser = Parser::new(&mut self.graph, variables, text)?;
        let parts = parser.list()?;
        let [part] = parts.as_slice() else {
            return Err(Error::parameter(format!("one expression is wanted, `{text}` is {}", parts.len())));
        };
        if let Some(kind) = wanted {
            let why = match kind {
                Kind::Condition => "a condition is wanted",
                Kind::Number => "a number is wanted",
            };
            parser.expect(kind, part, why)?;
        }
        Ok(part.id)
    }

    /// Adds the expressions of a text, which commas separate.
    pub fn add_list(&mut self, text: &str, variables: &Args) -> Result<()> {
        let nodes = self.graph.nodes.len();
        let parts = Parser::new(&mut self.graph, variables, text).and_then(|mut parser| parser.list());
        for part in parts.inspect_err(|_| self.graph.truncate(nodes))? {
            self.roots.push(part.id);
            self.texts.push(text.get(part.span).unwrap_or_default().to_owned());
        }
        Ok(())
    }

    /// The expressions as they were written.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The kind of each.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        self.roots.iter().map(|root| self.graph.kind(*root)).collect()
    }

    /// How many different columns and results of indicators and operators they are computed from: what they cost.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.graph.nodes.len()
    }

    /// The columns they read, in alphabetical order.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let names = self.graph.nodes.iter().filter_map(|node| match node {
            Node::Column(name) => Some(name.as_str()),
            _ => None,
        });
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Fails unless a frame with these columns has all that they read; the error suggests what may be meant.
    pub fn check(&self, columns: &[&str]) -> Result<()> {
        for (id, node) in self.graph.nodes.iter().enumerate() {
            let Node::Column(name) = node else { continue };
            if name == "time" || columns.contains(&name.as_str()) {
                continue;
            }
            let help = match nearest(name, columns.iter().copied()) {
                _ if registry::find(name).is_ok() => format!("the indicator is written `{name}()`"),
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", columns.join(", ")),
            };
            let error = Error::new(ErrorKind::NotFound, format!("no column `{name}`; {help}"));
            return Err(match self.graph.places.get(&id) {
                Some(place) => place.clone().of(error),
                None => error,
            });
        }
        Ok(())
    }

    /// The values of each in every row of a frame.
    ///
    /// Fails when the frame lacks a column that they read.
    pub fn evaluate(&self, frame: &Frame) -> Result<Vec<Values>> {
        self.check(&frame.column_names().collect::<Vec<_>>())?;
        evaluate::evaluate(&self.graph, &self.roots, frame)
    }
}

/// One expression, read once and computed over any number of frames; [`Expressions`] are several.
#[derive(Clone, Debug)]
pub struct Expression(Expressions);

impl Expression {
    /// Reads an expression of either kind.
    pub fn parse(text: &str) -> Result<Self> {
        Self::read(text, None)
    }

    /// Reads a condition; a number is an error.
    pub fn condition(text: &str) -> Result<Self> {
        Self::read(text, Some(Kind::Condition))
    }

    /// Reads a number; a condition is an error.
    pub fn number(text: &str) -> Result<Self> {
        Self::read(text, Some(Kind::Number))
    }

    fn read(text: &str, wanted: Option<Kind>) -> Result<Self> {
        let mut one = Expressions::new();
        one.add(text, wanted, &Args::new())?;
        Ok(Self(one))
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.texts.first().map_or("", String::as_str)
    }

    /// Whether it is a number or a condition.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.roots.first().map_or(Kind::Number, |root| self.0.graph.kind(*root))
    }

    /// The columns it reads, in alphabetical order.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        self.0.columns()
    }

    /// Its values in every row of a frame.
    ///
    /// Fails when the frame lacks a column that it reads.
    pub fn evaluate(&self, frame: &Frame) -> Result<Values> {
        Ok(self.0.evaluate(frame)?.pop().unwrap_or(Values::Numbers(Vec::new())))
    }

    /// Its values as numbers: a condition is 1 or 0.
    pub fn numbers(&self, frame: &Frame) -> Result<Vec<f64>> {
        self.evaluate(frame).map(Values::into_numbers)
    }

    /// Its values as conditions: a number is true when there is one and it is not 0.
    pub fn conditions(&self, frame: &Frame) -> Result<Vec<bool>> {
        self.evaluate(frame).map(Values::into_conditions)
    }
}

#[cfg(test)]
mod tests;
