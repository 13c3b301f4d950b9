//! From text to nodes: operators by how strongly they bind, calls in `call.rs`.

use std::ops::Range;

use crate::{Args, Error, Result};

use super::Kind;
use super::graph::{Arithmetic, Comparison, Graph, Id, Node};
use super::lexer::{Token, tokens};
use super::place::Place;

/// How deep brackets and signs may nest: text from strangers must not use up the stack.
const DEEPEST: usize = 64;

/// The most bars one can look back: as far as an indicator can.
const FURTHEST: f64 = 100_000.0;

/// How strongly operators bind, from weakest.
mod power {
    pub(super) const LOWEST: u8 = 0;
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    pub(super) const NOT: u8 = 3;
    pub(super) const COMPARISON: u8 = 4;
    pub(super) const SUM: u8 = 5;
    pub(super) const PRODUCT: u8 = 6;
}

#[derive(Clone, Copy)]
enum Binary {
    Or,
    And,
    Compare(Comparison),
    Arithmetic(Arithmetic),
}

impl Binary {
    fn of(token: Token<'_>) -> Option<(Self, u8)> {
        use power::{AND, COMPARISON, OR, PRODUCT, SUM};
        let compare = |comparison| (Self::Compare(comparison), COMPARISON);
        Some(match token {
            Token::Name(word) if word.eq_ignore_ascii_case("or") => (Self::Or, OR),
            Token::Name(word) if word.eq_ignore_ascii_case("and") => (Self::And, AND),
            Token::Sign("<") => compare(Comparison::Less),
            Token::Sign("<=") => compare(Comparison::AtMost),
            Token::Sign(">") => compare(Comparison::Greater),
            Token::Sign(">=") => compare(Comparison::AtLeast),
            Token::Sign("==") => compare(Comparison::Equal),
            Token::Sign("!=") => compare(Comparison::Unequal),
            Token::Sign("+") => (Self::Arithmetic(Arithmetic::Add), SUM),
            Token::Sign("-") => (Self::Arithmetic(Arithmetic::Subtract), SUM),
            Token::Sign("*") => (Self::Arithmetic(Arithmetic::Multiply), PRODUCT),
            Token::Sign("/") => (Self::Arithmetic(Arithmetic::Divide), PRODUCT),
            _ => return None,
        })
    }
}

/// A part of the text and its node.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) id: Id,
    pub(super) span: Range<usize>,
}

pub(super) struct Parser<'a> {
    pub(super) graph: &'a mut Graph,
    pub(super) variables: &'a Args,
    text: &'a str,
    tokens: Vec<(Token<'a>, Range<usize>)>,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(graph: &'a mut Graph, variables: &'a Args, text: &'a str) -> Result<Self> {
        Ok(Self { graph, variables, text, tokens: tokens(text)?, at: 0, depth: 0 })
    }

    /// Expressions to the end of the text, separated by commas.
    pub(super) fn list(&mut self) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        loop {
            parts.push(self.expression(power::LOWEST)?);
            match self.peek() {
                Token::End => return Ok(parts),
                Token::Sign(",") => self.skip(),
                found => {
                    let message = match found {
                        Token::Sign("=") => "`=` names a parameter; equality is written `==`".to_owned(),
                        Token::Sign(")") => "this bracket closes none".to_owned(),
                        Token::Name(word) if word.eq_ignore_ascii_case("crosses") => {
                            "crossing is written crosses_above(a, b) or crosses_below(a, b)".to_owned()
                        }
                        found => format!("expected an operator or the end, found {}", name(found)),
                    };
                    return Err(self.wrong(message));
                }
            }
        }
    }

    /// An expression of operators that bind more strongly than `least`.
    pub(super) fn expression(&mut self, least: u8) -> Result<Part> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(format!("brackets and signs nest at most {DEEPEST} deep")));
        }
        let mut left = self.prefix()?;
        while let Some((operator, power)) = Binary::of(self.peek())
            && power > least
        {
            self.skip();
            let right = self.expression(power)?;
            left = self.binary(operator, &left, &right)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self) -> Result<Part> {
        let start = self.span().start;
        match self.peek() {
            Token::Name(word) if word.eq_ignore_ascii_case("not") => {
                self.skip();
                let of = self.expression(power::NOT)?;
                self.expect(Kind::Condition, &of, "`not` needs a condition")?;
                Ok(Part { id: self.graph.add(Node::Not(of.id)), span: start..of.span.end })
            }
            Token::Sign("-") => {
                self.skip();
                let of = self.expression(power::PRODUCT)?;
                self.expect(Kind::Number, &of, "`-` needs a number")?;
                Ok(Part { id: self.graph.negate(of.id), span: start..of.span.end })
            }
            _ => self.lagged(),
        }
    }

    /// An operand, perhaps of some bars ago.
    fn lagged(&mut self) -> Result<Part> {
        let mut part = self.operand()?;
        while self.peek() == Token::Sign("[") {
            self.skip();
            let bars = self.expression(power::LOWEST)?;
            let Some(number) = self.graph.constant(bars.id) else {
                return Err(self.wrong_at(bars.span, "how many bars ago must be a number, as close[1]"));
            };
            if number.fract() != 0.0 || !(0.0..=FURTHEST).contains(&number) {
                let message =
                    format!("bars ago {number} is not valid; it must be a whole number from 0 to {FURTHEST}");
                return Err(self.wrong_at(bars.span, message));
            }
            let end = self.close("]")?;
            part.span.end = end;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            // checked: whole and within bounds
            let bars = number as usize;
            part.id = self.graph.lag(part.id, bars);
        }
        Ok(part)
    }

    fn operand(&mut self) -> Result<Part> {
        let span = self.span();
        match self.peek() {
            Token::Number(value) => {
                self.skip();
                Ok(Part { id: self.graph.number(value), span })
            }
            Token::Variable(_) => {
                let value = self.variable()?;
                let crate::args::Value::Number(number) = value else {
                    return Err(self.wrong_at(span, format!("{value} is not a number")));
                };
                Ok(Part { id: self.graph.number(number), span })
            }
            Token::Quoted(name) => {
                self.skip();
                Ok(self.column(name, span))
            }
            Token::Sign("(") => {
                self.skip();
                let inner = self.expression(power::LOWEST)?;
                let end = self.close(")")?;
                Ok(Part { id: inner.id, span: span.start..end })
            }
            Token::Name(word) if !is_reserved(word) => {
                self.skip();
                if self.peek() == Token::Sign("(") {
                    return self.call(word, span);
                }
                Ok(self.column(word, span))
            }
            found => {
                Err(self.wrong(format!("expected a number, a column or an indicator, found {}", name(found))))
            }
        }
    }

    /// The value of the variable that comes now.
    pub(super) fn variable(&mut self) -> Result<crate::args::Value> {
        let Token::Variable(variable) = self.peek() else { return Err(self.wrong("expected a variable")) };
        let Some(value) = self.variables.get(variable) else {
            let names: Vec<&str> = self.variables.iter().map(|(name, _)| name).collect();
            let help = match crate::error::nearest(variable, names.iter().copied()) {
                Some(near) => format!("did you mean `${near}`?"),
                None if names.is_empty() => "there are no parameters here".to_owned(),
                None => format!("there are: {}", names.join(", ")),
            };
            return Err(self.wrong(format!("`${variable}` has no value; {help}")));
        };
        self.skip();
        Ok(value.clone())
    }

    fn column(&mut self, name: &str, span: Range<usize>) -> Part {
        let text = self.text;
        let id = self.graph.column(name, || Place::new(text, span.clone()));
        Part { id, span }
    }

    fn binary(&mut self, operator: Binary, left: &Part, right: &Part) -> Result<Part> {
        let span = left.span.start..right.span.end;
        let id = match operator {
            Binary::And | Binary::Or => {
                for side in [left, right] {
                    self.expect(Kind::Condition, side, "`and` and `or` join conditions")?;
                }
                let node = if matches!(operator, Binary::And) { Node::And } else { Node::Or };
                self.graph.add(node(left.id, right.id))
            }
            Binary::Compare(comparison) => {
                if matches!(self.graph.nodes.get(left.id), Some(Node::Compare(..))) {
                    let message = "comparisons do not chain; write a < b and b < c";
                    return Err(self.wrong_at(span, message));
                }
                for side in [left, right] {
                    self.expect(Kind::Number, side, "numbers are compared")?;
                }
                self.graph.add(Node::Compare(comparison, left.id, right.id))
            }
            Binary::Arithmetic(arithmetic) => {
                for side in [left, right] {
                    self.expect(Kind::Number, side, "arithmetic needs numbers")?;
                }
                self.graph
                    .arithmetic(arithmetic, left.id, right.id)
                    .map_err(|error| Place::new(self.text, span.clone()).of(error))?
            }
        };
        Ok(Part { id, span })
    }

    /// Fails, saying `why`, unless the part is of this kind.
    pub(super) fn expect(&self, kind: Kind, part: &Part, why: &str) -> Result<()> {
        let text = self.text.get(part.span.clone()).unwrap_or_default();
        match (kind, self.graph.kind(part.id)) {
            (Kind::Condition, Kind::Number) => Err(self.wrong_at(
                part.span.clone(),
                format!("{why}; `{text}` is a number, `{text} > 0` would be a condition"),
            )),
            (Kind::Number, Kind::Condition) => {
                Err(self.wrong_at(part.span.clone(), format!("{why}; `{text}` is a condition")))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn peek(&self) -> Token<'a> {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, tokens: usize) -> Token<'a> {
        self.tokens.get(self.at + tokens).map_or(Token::End, |(token, _)| *token)
    }

    /// The bytes of the next token.
    pub(super) fn span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.text.len()..self.text.len(), |(_, span)| span.clone())
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    /// Takes a closing bracket; returns where it ends.
    pub(super) fn close(&mut self, bracket: &'static str) -> Result<usize> {
        if self.peek() != Token::Sign(bracket) {
            return Err(self.wrong(format!("expected `{bracket}`, found {}", name(self.peek()))));
        }
        let end = self.span().end;
        self.skip();
        Ok(end)
    }

    /// The next token is wrong.
    pub(super) fn wrong(&self, message: impl Into<String>) -> Error {
        self.wrong_at(self.span(), message)
    }

    pub(super) fn wrong_at(&self, span: Range<usize>, message: impl Into<String>) -> Error {
        self.place(span, Error::parameter(message))
    }

    pub(super) fn place(&self, span: Range<usize>, error: Error) -> Error {
        Place::new(self.text, span).of(error)
    }

    pub(super) fn whole(&self) -> &'a str {
        self.text
    }

    pub(super) fn text(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }
}

fn is_reserved(word: &str) -> bool {
    ["and", "or", "not"].iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
}

/// A token, for a message.
pub(super) fn name(token: Token<'_>) -> String {
    match token {
        Token::Number(number) => format!("`{number}`"),
        Token::Name(word) | Token::Quoted(word) => format!("`{word}`"),
        Token::Variable(word) => format!("`${word}`"),
        Token::Sign(sign) => format!("`{sign}`"),
        Token::End => "the end".to_owned(),
    }
}
