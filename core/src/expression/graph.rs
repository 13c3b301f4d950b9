//! What expressions compute, as nodes that each stand once: equal parts of expressions are one node.

use std::collections::HashMap;
use std::sync::Arc;

use crate::{DynIndicator, Error, Result};

use super::Kind;
use super::place::Place;

/// A node's place in the graph. A node's operands have smaller ones.
pub(super) type Id = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Arithmetic {
    /// NaN where there is no finite result.
    #[inline(always)]
    pub(super) fn of(self, a: f64, b: f64) -> f64 {
        let result = match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
        };
        if result.is_finite() { result } else { f64::NAN }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Comparison {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
}

impl Comparison {
    /// False when a number is missing.
    #[inline(always)]
    pub(super) fn of(self, a: f64, b: f64) -> bool {
        match self {
            Self::Less => a < b,
            Self::AtMost => a <= b,
            Self::Greater => a > b,
            Self::AtLeast => a >= b,
            Self::Equal => a == b,
            Self::Unequal => a != b && !a.is_nan() && !b.is_nan(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// The bits of a finite number.
    Number(u64),
    Column(String),
    /// An indicator, told from others by its id and all its parameters.
    Indicator {
        key: String,
        inputs: Vec<Id>,
    },
    /// One column of an indicator.
    Output {
        indicator: Id,
        output: usize,
    },
    Lag {
        of: Id,
        bars: usize,
    },
    Negate(Id),
    Absolute(Id),
    Arithmetic(Arithmetic, Id, Id),
    Compare(Comparison, Id, Id),
    /// True now and, the other way round or equal, false a bar ago.
    Crosses(Comparison, Id, Id),
    Not(Id),
    And(Id, Id),
    Or(Id, Id),
}

impl Node {
    pub(super) fn operands(&self) -> impl Iterator<Item = Id> {
        let (two, many): ([Option<Id>; 2], &[Id]) = match self {
            Self::Number(_) | Self::Column(_) => ([None, None], &[]),
            Self::Indicator { inputs, .. } => ([None, None], inputs),
            Self::Output { indicator: of, .. }
            | Self::Lag { of, .. }
            | Self::Negate(of)
            | Self::Absolute(of)
            | Self::Not(of) => ([Some(*of), None], &[]),
            Self::Arithmetic(_, a, b)
            | Self::Compare(_, a, b)
            | Self::Crosses(_, a, b)
            | Self::And(a, b)
            | Self::Or(a, b) => ([Some(*a), Some(*b)], &[]),
        };
        two.into_iter().flatten().chain(many.iter().copied())
    }
}

/// Nodes, operands before what is computed from them.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    ids: HashMap<Node, Id>,
    pub(super) indicators: HashMap<Id, Arc<dyn DynIndicator>>,
    /// Where each column's name was first written.
    pub(super) places: HashMap<Id, Place>,
}

impl Graph {
    /// The node, which is made if there is none that equals it.
    pub(super) fn add(&mut self, node: Node) -> Id {
        if let Some(id) = self.ids.get(&node) {
            return *id;
        }
        let id = self.nodes.len();
        self.ids.insert(node.clone(), id);
        self.nodes.push(node);
        id
    }

    /// Forgets all but the first nodes: what was read of an expression that is none.
    pub(super) fn truncate(&mut self, nodes: usize) {
        self.nodes.truncate(nodes);
        self.ids.retain(|_, id| *id < nodes);
        self.indicators.retain(|id, _| *id < nodes);
        self.places.retain(|id, _| *id < nodes);
    }

    pub(super) fn number(&mut self, value: f64) -> Id {
        self.add(Node::Number(value.to_bits()))
    }

    pub(super) fn column(&mut self, name: &str, place: impl FnOnce() -> Place) -> Id {
        let id = self.add(Node::Column(name.to_owned()));
        self.places.entry(id).or_insert_with(place);
        id
    }

    pub(super) fn indicator(&mut self, indicator: Box<dyn DynIndicator>, inputs: Vec<Id>) -> Id {
        let key = format!("{} {:?}", indicator.spec().id, indicator.args());
        let id = self.add(Node::Indicator { key, inputs });
        self.indicators.entry(id).or_insert_with(|| indicator.into());
        id
    }

    /// The number that a node is whatever the bars are.
    pub(super) fn constant(&self, id: Id) -> Option<f64> {
        match self.nodes.get(id) {
            Some(Node::Number(bits)) => Some(f64::from_bits(*bits)),
            _ => None,
        }
    }

    /// A node some bars ago; the past of a past is one further back.
    pub(super) fn lag(&mut self, of: Id, bars: usize) -> Id {
        match self.nodes.get(of) {
            _ if bars == 0 => of,
            Some(Node::Number(_)) => of,
            Some(&Node::Lag { of, bars: more }) => self.add(Node::Lag { of, bars: bars + more }),
            _ => self.add(Node::Lag { of, bars }),
        }
    }

    pub(super) fn negate(&mut self, of: Id) -> Id {
        match self.constant(of) {
            Some(number) => self.number(-number),
            None => self.add(Node::Negate(of)),
        }
    }

    pub(super) fn absolute(&mut self, of: Id) -> Id {
        match self.constant(of) {
            Some(number) => self.number(number.abs()),
            None => self.add(Node::Absolute(of)),
        }
    }

    /// Numbers are computed at once; fails when that gives none.
    pub(super) fn arithmetic(&mut self, operator: Arithmetic, a: Id, b: Id) -> Result<Id> {
        let (Some(x), Some(y)) = (self.constant(a), self.constant(b)) else {
            return Ok(self.add(Node::Arithmetic(operator, a, b)));
        };
        let result = operator.of(x, y);
        if result.is_nan() {
            return Err(Error::parameter("the result is not a finite number"));
        }
        Ok(self.number(result))
    }

    pub(super) fn kind(&self, id: Id) -> Kind {
        match self.nodes.get(id) {
            Some(Node::Compare(..) | Node::Crosses(..) | Node::Not(_) | Node::And(..) | Node::Or(..)) => {
                Kind::Condition
            }
            // A condition that was is one. No lag is of another, so this ends.
            Some(Node::Lag { of, .. }) => self.kind(*of),
            _ => Kind::Number,
        }
    }
}
