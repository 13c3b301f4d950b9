//! Nodes over a frame, one after another: what they need has been computed before them.

use std::borrow::Cow;

use crate::{DynIndicator, Error, Frame, Result};

use super::graph::{Graph, Id, Node};
use super::{Kind, Values};

/// What a node is in every row.
#[derive(Clone)]
enum Computed<'a> {
    /// Nothing yet, or nothing any more.
    Nothing,
    Number(f64),
    Numbers(Cow<'a, [f64]>),
    Conditions(Vec<bool>),
    /// All outputs of an indicator; each is taken by the one node that is that output.
    Outputs(Vec<Vec<f64>>),
}

/// The values of some nodes in every row of a frame, in their order.
pub(super) fn evaluate(graph: &Graph, roots: &[Id], frame: &Frame) -> Result<Vec<Values>> {
    let rows = frame.len();
    let mut uses = uses(graph, roots);
    let mut computed = vec![Computed::Nothing; graph.nodes.len()];
    for (id, node) in graph.nodes.iter().enumerate() {
        if uses[id] == 0 {
            continue;
        }
        let value = match node {
            Node::Indicator { inputs, .. } => {
                let Some(indicator) = graph.indicators.get(&id) else { continue };
                Computed::Outputs(indicate(&**indicator, inputs, &computed, rows)?)
            }
            Node::Output { indicator, output } => match &mut computed[*indicator] {
                Computed::Outputs(outputs) => {
                    let column = outputs.get_mut(*output).map(std::mem::take);
                    Computed::Numbers(column.unwrap_or_default().into())
                }
                _ => continue,
            },
            Node::Column(name) => Computed::Numbers(frame.numbers(name)?),
            node => combine(node, &computed, rows),
        };
        computed[id] = value;
        for operand in node.operands() {
            uses[operand] -= 1;
            if uses[operand] == 0 {
                computed[operand] = Computed::Nothing;
            }
        }
    }
    let mut values = Vec::with_capacity(roots.len());
    for &root in roots {
        uses[root] -= 1;
        let last = uses[root] == 0;
        let value = if last {
            std::mem::replace(&mut computed[root], Computed::Nothing)
        } else {
            computed[root].clone()
        };
        values.push(match value {
            Computed::Number(number) => Values::Numbers(vec![number; rows]),
            Computed::Numbers(numbers) => Values::Numbers(numbers.into_owned()),
            Computed::Conditions(conditions) => Values::Conditions(conditions),
            Computed::Nothing | Computed::Outputs(_) => Values::Numbers(Vec::new()), // no root is one
        });
    }
    Ok(values)
}

/// How often each node's values are needed.
fn uses(graph: &Graph, roots: &[Id]) -> Vec<usize> {
    let mut uses = vec![0; graph.nodes.len()];
    for &root in roots {
        uses[root] += 1;
    }
    // Operands stand before what is computed from them.
    for (id, node) in graph.nodes.iter().enumerate().rev() {
        if uses[id] > 0 {
            node.operands().for_each(|operand| uses[operand] += 1);
        }
    }
    uses
}

fn indicate(
    indicator: &dyn DynIndicator,
    inputs: &[Id],
    computed: &[Computed<'_>],
    rows: usize,
) -> Result<Vec<Vec<f64>>> {
    let columns: Option<Vec<&[f64]>> = inputs
        .iter()
        .map(|input| match &computed[*input] {
            Computed::Numbers(numbers) => Some(&**numbers),
            _ => None,
        })
        .collect();
    // Numbers are parameters, and conditions were refused.
    let columns = columns.ok_or_else(|| Error::data(format!("{} reads columns", indicator.spec().id)))?;
    let outputs = indicator.compute_columns(&columns)?;
    debug_assert!(outputs.iter().all(|output| output.len() == rows));
    Ok(outputs)
}

fn combine<'a>(node: &Node, computed: &[Computed<'a>], rows: usize) -> Computed<'a> {
    let number = |id: Id| number_of(&computed[id]);
    let condition = |id: Id| match &computed[id] {
        Computed::Conditions(conditions) => conditions.as_slice(),
        _ => &[],
    };
    match *node {
        Node::Number(bits) => Computed::Number(f64::from_bits(bits)),
        Node::Lag { of, bars } => match &computed[of] {
            Computed::Numbers(numbers) => Computed::Numbers(lag(numbers, bars, f64::NAN).into()),
            Computed::Conditions(conditions) => Computed::Conditions(lag(conditions, bars, false)),
            other => other.clone(),
        },
        Node::Negate(of) => numbers(each(number(of), rows, |x| -x)),
        Node::Absolute(of) => numbers(each(number(of), rows, f64::abs)),
        Node::Arithmetic(operator, a, b) => {
            use super::graph::Arithmetic::{Add, Divide, Multiply, Subtract};
            let (a, b) = (number(a), number(b));
            // Told apart out here, so that each loop is of one operation.
            numbers(match operator {
                Add => both(a, b, rows, |a, b| Add.of(a, b)),
                Subtract => both(a, b, rows, |a, b| Subtract.of(a, b)),
                Multiply => both(a, b, rows, |a, b| Multiply.of(a, b)),
                Divide => both(a, b, rows, |a, b| Divide.of(a, b)),
            })
        }
        Node::Compare(comparison, a, b) => {
            Computed::Conditions(both(number(a), number(b), rows, |a, b| comparison.of(a, b)))
        }
        Node::Crosses(comparison, a, b) => {
            let now = both(number(a), number(b), rows, |a, b| comparison.of(a, b));
            // Not merely untrue: a bar that lacks a number is on neither side.
            let otherwise = both(number(a), number(b), rows, |a, b| a == b || comparison.of(b, a));
            let before = std::iter::once(false).chain(otherwise);
            Computed::Conditions(now.into_iter().zip(before).map(|(now, before)| now && before).collect())
        }
        Node::Not(of) => Computed::Conditions(condition(of).iter().map(|x| !x).collect()),
        Node::And(a, b) => {
            Computed::Conditions(condition(a).iter().zip(condition(b)).map(|(&a, &b)| a & b).collect())
        }
        Node::Or(a, b) => {
            Computed::Conditions(condition(a).iter().zip(condition(b)).map(|(&a, &b)| a | b).collect())
        }
        Node::Column(_) | Node::Indicator { .. } | Node::Output { .. } => Computed::Nothing, // not here
    }
}

fn numbers<'a>(values: Vec<f64>) -> Computed<'a> {
    Computed::Numbers(values.into())
}

/// One number for all rows, or one for each.
#[derive(Clone, Copy)]
enum Operand<'a> {
    One(f64),
    Each(&'a [f64]),
}

fn number_of<'s>(computed: &'s Computed<'_>) -> Operand<'s> {
    match computed {
        Computed::Number(number) => Operand::One(*number),
        Computed::Numbers(numbers) => Operand::Each(numbers),
        _ => Operand::One(f64::NAN), // conditions were refused
    }
}

#[inline(always)]
fn each<T: Clone>(operand: Operand<'_>, rows: usize, of: impl Fn(f64) -> T) -> Vec<T> {
    match operand {
        Operand::One(number) => vec![of(number); rows],
        Operand::Each(numbers) => numbers.iter().map(|number| of(*number)).collect(),
    }
}

#[inline(always)]
fn both<T: Clone>(a: Operand<'_>, b: Operand<'_>, rows: usize, of: impl Fn(f64, f64) -> T) -> Vec<T> {
    match (a, b) {
        (Operand::Each(a), Operand::Each(b)) => a.iter().zip(b).map(|(a, b)| of(*a, *b)).collect(),
        (a, Operand::One(b)) => each(a, rows, |a| of(a, b)),
        (Operand::One(a), b) => each(b, rows, |b| of(a, b)),
    }
}

fn lag<T: Copy>(values: &[T], bars: usize, missing: T) -> Vec<T> {
    let bars = bars.min(values.len());
    let kept = values.get(..values.len() - bars).unwrap_or_default();
    std::iter::repeat_n(missing, bars).chain(kept.iter().copied()).collect()
}

impl Values {
    /// What kind they are.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Numbers(_) => Kind::Number,
            Self::Conditions(_) => Kind::Condition,
        }
    }
}
