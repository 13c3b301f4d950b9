//! Calls: indicators of the registry, and the few functions beside them.

use std::ops::Range;

use crate::args::{COMMON, Value};
use crate::error::nearest;
use crate::registry::{self, Entry};
use crate::spec::ParamSpec;
use crate::{Args, Error, ErrorKind, Result};

use super::Kind;
use super::graph::{Comparison, Id, Node};
use super::lexer::Token;
use super::parser::{Parser, Part, name};

/// Functions that are no indicators.
const FUNCTIONS: [&str; 3] = ["crosses_above", "crosses_below", "abs"];

impl Parser<'_> {
    /// The call of `word`; its opening bracket comes now.
    pub(super) fn call(&mut self, word: &str, span: Range<usize>) -> Result<Part> {
        self.skip();
        let word_is = |name: &str| word.eq_ignore_ascii_case(name);
        if word_is("crosses_above") || word_is("crosses_below") {
            let comparison = if word_is("crosses_above") { Comparison::Greater } else { Comparison::Less };
            let ([a, b], end) = self.numbers(word)?;
            return Ok(Part { id: self.graph.add(Node::Crosses(comparison, a, b)), span: span.start..end });
        }
        if word_is("abs") {
            let ([of], end) = self.numbers(word)?;
            return Ok(Part { id: self.graph.absolute(of), span: span.start..end });
        }
        let entry = registry::find(word).map_err(|error| {
            let error = match nearest(word, FUNCTIONS) {
                Some(near) => {
                    Error::new(error.kind(), format!("unknown function `{word}`; did you mean `{near}`?"))
                }
                None => error,
            };
            self.place(span.clone(), error)
        })?;
        let (args, inputs) = self.arguments(entry)?;
        let mut end = self.close(")")?;
        let indicator = entry.build(&args).map_err(|error| self.place(span.start..end, error))?;
        let inputs = if inputs.is_empty() { self.own_inputs(entry, span.start..end) } else { inputs };
        let indicator = self.graph.indicator(indicator, inputs);
        let output = self.output(entry, span.start..end, &mut end)?;
        Ok(Part { id: self.graph.add(Node::Output { indicator, output }), span: span.start..end })
    }

    /// As many numbers as a function takes, and its closing bracket.
    fn numbers<const N: usize>(&mut self, word: &str) -> Result<([Id; N], usize)> {
        let mut ids = [0; N];
        for (index, id) in ids.iter_mut().enumerate() {
            if index > 0 {
                if self.peek() != Token::Sign(",") {
                    let found = name(self.peek());
                    return Err(self.wrong(format!("{word} takes {N} values; expected `,`, found {found}")));
                }
                self.skip();
            }
            let part = self.expression(0)?;
            self.expect(Kind::Number, &part, &format!("{word} takes numbers"))?;
            *id = part.id;
        }
        Ok((ids, self.close(")")?))
    }

    /// An indicator's arguments: columns, then parameters in their order, then parameters by name.
    fn arguments(&mut self, entry: &Entry) -> Result<(Args, Vec<Id>)> {
        let spec = entry.spec();
        let (mut args, mut inputs, mut given) = (Args::new(), Vec::new(), 0);
        while self.peek() != Token::Sign(")") {
            let start = self.span().start;
            if let (Token::Name(param), Token::Sign("=")) = (self.peek(), self.ahead(1)) {
                let span = self.span();
                let common = COMMON.iter().find(|common| common.name == param);
                let known = match common {
                    Some(common) => common,
                    None => spec.param(param).map_err(|error| self.place(span.clone(), error))?,
                };
                if args.get(param).is_some() {
                    return Err(self.wrong_at(span, format!("parameter `{param}` is given twice")));
                }
                self.skip();
                self.skip();
                args = args.with(param, self.value(spec.id, known)?);
            } else if self.is_choice() {
                let param = self.positional(entry, &args, given, start)?;
                args = args.with(param.name, self.value(spec.id, param)?);
                given += 1;
            } else {
                let part = self.expression(0)?;
                self.expect(Kind::Number, &part, "an indicator takes numbers")?;
                if let Some(number) = self.graph.constant(part.id) {
                    let param = self.positional(entry, &args, given, start)?;
                    let value = Value::Number(number);
                    param.check(spec.id, &value).map_err(|error| self.place(part.span, error))?;
                    args = args.with(param.name, value);
                    given += 1;
                } else if args.iter().next().is_some() {
                    return Err(self.wrong_at(part.span, "columns come before parameters"));
                } else {
                    inputs.push(part.id);
                }
            }
            match self.peek() {
                Token::Sign(",") => self.skip(),
                Token::Sign(")") => {}
                found => return Err(self.wrong(format!("expected `,` or `)`, found {}", name(found)))),
            }
        }
        if !inputs.is_empty() && inputs.len() != spec.inputs.len() {
            let names: Vec<&str> = spec.inputs.iter().map(|input| input.column()).collect();
            let (wanted, names, given) = (names.len(), names.join(", "), inputs.len());
            let message = format!("{} reads {wanted} columns ({names}), not {given}", spec.id);
            return Err(self.wrong(message));
        }
        Ok((args, inputs))
    }

    /// Whether a variable comes that stands for a name, as that of an average.
    fn is_choice(&self) -> bool {
        let Token::Variable(variable) = self.peek() else { return false };
        matches!(self.variables.get(variable), Some(Value::Text(_)))
    }

    /// The parameter that stands at this place among those given without a name.
    fn positional(
        &self,
        entry: &Entry,
        args: &Args,
        given: usize,
        start: usize,
    ) -> Result<&'static ParamSpec> {
        let spec = entry.spec();
        let message = match spec.params.get(given) {
            Some(param) if args.get(param.name).is_none() && args.iter().count() == given => {
                return Ok(param);
            }
            Some(_) => "parameters with a name come last".to_owned(),
            None if spec.params.is_empty() => format!("{} takes no parameters", spec.id),
            None => {
                let names: Vec<&str> = spec.params.iter().map(|param| param.name).collect();
                format!("{} has no more parameters; it takes {}", spec.id, names.join(", "))
            }
        };
        Err(self.wrong_at(start..self.span().start.max(start), message))
    }

    /// A parameter's value: a number, or a name to choose.
    fn value(&mut self, id: &str, param: &ParamSpec) -> Result<Value> {
        let span = self.span();
        let value = match (self.peek(), self.ahead(1)) {
            (Token::Name(choice), Token::Sign("," | ")")) => {
                self.skip();
                Value::from(choice)
            }
            _ if self.is_choice() => self.variable()?,
            _ => {
                let part = self.expression(0)?;
                let Some(number) = self.graph.constant(part.id) else {
                    let text = self.text(part.span.clone());
                    let message = format!("{} of {id} must be a number or a name, not `{text}`", param.name);
                    return Err(self.wrong_at(part.span, message));
                };
                Value::Number(number)
            }
        };
        let end = self.span().start.max(span.end);
        param.check(id, &value).map_err(|error| {
            let written = self.text(span.start..end).trim_end().len();
            self.place(span.start..span.start + written, error)
        })?;
        Ok(value)
    }

    /// The columns an indicator reads when none are given.
    fn own_inputs(&mut self, entry: &Entry, span: Range<usize>) -> Vec<Id> {
        let text = self.whole();
        let place = || super::place::Place::new(text, span.clone());
        entry.spec().inputs.iter().map(|input| self.graph.column(input.column(), place)).collect()
    }

    /// Which output is meant: the one named behind a dot, or the only one.
    fn output(&mut self, entry: &Entry, span: Range<usize>, end: &mut usize) -> Result<usize> {
        let spec = entry.spec();
        let names: Vec<&str> = spec.outputs.iter().map(|output| output.name).collect();
        if self.peek() != Token::Sign(".") {
            return match names.as_slice() {
                [_] => Ok(0),
                [first, ..] => {
                    let (text, names) = (self.text(span.clone()), names.join(", "));
                    let message = format!("{} has the outputs {names}; name one, as {text}.{first}", spec.id);
                    Err(self.wrong_at(span, message))
                }
                [] => Err(self.wrong_at(span, format!("{} has no outputs", spec.id))),
            };
        }
        self.skip();
        let span = self.span();
        let Token::Name(given) = self.peek() else {
            let message = format!("expected an output of {} ({})", spec.id, names.join(", "));
            return Err(self.wrong(message));
        };
        let Some(output) = names.iter().position(|name| *name == given) else {
            let help = match nearest(given, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", names.join(", ")),
            };
            let message = format!("{} has no output `{given}`; {help}", spec.id);
            return Err(self.place(span, Error::new(ErrorKind::NotFound, message)));
        };
        *end = span.end;
        self.skip();
        Ok(output)
    }
}
