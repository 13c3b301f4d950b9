//! What is wanted at each bar: from expressions, or from a strategy's setups.

use atra_core::expression::{Expressions, Kind, Values};
use atra_core::{Args, Error, ErrorKind, Frame, Result};

use crate::strategy::{Setup, Side};

/// Rules as text: conditions to enter and leave, and how far away the stop and the target are. `$name`s in them are
/// parameters.
///
/// A distance is a price (`2 * atr(14)`) or, with `%` behind it, a part of the price of the entry (`3%`). It is measured at
/// the bar whose close says to enter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// When to buy.
    pub enter: Option<String>,
    /// When to sell what was bought.
    pub exit: Option<String>,
    /// When to sell short.
    pub enter_short: Option<String>,
    /// When to buy back what was sold short.
    pub exit_short: Option<String>,
    /// How far away a trade is given up.
    pub stop_loss: Option<String>,
    /// How far away its profit is taken.
    pub take_profit: Option<String>,
}

/// What is wanted at the close of each bar of a frame; it is done at the next bar's open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Orders {
    /// Buy.
    pub enter: Vec<bool>,
    /// Sell what was bought.
    pub exit: Vec<bool>,
    /// Sell short.
    pub enter_short: Vec<bool>,
    /// Buy back what was sold short.
    pub exit_short: Vec<bool>,
    /// Where a trade is given up.
    pub stop_loss: Level,
    /// Where its profit is taken.
    pub take_profit: Level,
}

/// Where a trade ends by itself, by the bar whose close said to enter.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Level {
    /// Nowhere.
    #[default]
    None,
    /// So many percent from the price of the entry. Without a number there is no entry.
    Percent(Vec<f64>),
    /// So far from the price of the entry. Without a number there is no entry.
    Distance(Vec<f64>),
    /// At a price; NaN is nowhere.
    Price(Vec<f64>),
}

impl Plan {
    /// The rules and what they are called, in the order in which [`Read`] has them.
    fn rules(&self) -> [(&'static str, Option<&str>, Kind); 6] {
        [
            ("enter", self.enter.as_deref(), Kind::Condition),
            ("exit", self.exit.as_deref(), Kind::Condition),
            ("enter-short", self.enter_short.as_deref(), Kind::Condition),
            ("exit-short", self.exit_short.as_deref(), Kind::Condition),
            ("stop", self.stop_loss.as_deref(), Kind::Number),
            ("target", self.take_profit.as_deref(), Kind::Number),
        ]
    }

    /// Reads the rules with these values for their `$name`s.
    ///
    /// Fails when one cannot be read, and when there is none to enter.
    pub fn read(&self, args: &Args) -> Result<Rules> {
        let mut rules = Rules::default();
        rules.add(self, args)?;
        Ok(rules)
    }

    /// The orders in a frame, with these values for `$name`s.
    pub fn orders(&self, frame: &Frame, args: &Args) -> Result<Orders> {
        self.read(args)?.orders(frame).map(|mut orders| orders.pop().unwrap_or_default())
    }
}

/// Plans that have been read. What several have in common is computed once.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    expressions: Expressions,
    plans: Vec<Read>,
}

/// Which of the expressions a plan's rules are, and whether a distance is in percent.
type Read = [Option<(usize, bool)>; 6];

impl Rules {
    /// Reads one plan more.
    pub fn add(&mut self, plan: &Plan, args: &Args) -> Result<()> {
        if plan.enter.is_none() && plan.enter_short.is_none() {
            return Err(Error::new(ErrorKind::Parameter, "there is no rule to enter, long or short"));
        }
        let mut read = [None; 6];
        for (read, (name, text, kind)) in read.iter_mut().zip(plan.rules()) {
            let Some(text) = text else { continue };
            let (text, percent) = match text.trim_end().strip_suffix('%') {
                Some(number) if kind == Kind::Number => (number, true),
                _ => (text, false),
            };
            let place = self.expressions.add(text, Some(kind), args).map_err(|error| error.context(name))?;
            *read = Some((place, percent));
        }
        self.plans.push(read);
        Ok(())
    }

    /// How many columns it takes to compute them: what they cost.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.expressions.steps()
    }

    /// Fails unless a frame with these columns has all that they read.
    pub fn check(&self, columns: &[&str]) -> Result<()> {
        self.expressions.check(columns)
    }

    /// The orders of each plan in a frame.
    pub fn orders(&self, frame: &Frame) -> Result<Vec<Orders>> {
        let values = self.expressions.evaluate(frame)?;
        let rows = frame.len();
        let conditions = |rule: Option<(usize, bool)>| match rule.and_then(|(place, _)| values.get(place)) {
            Some(values) => values.clone().into_conditions(),
            None => vec![false; rows],
        };
        let level =
            |rule: Option<(usize, bool)>| match rule.map(|(place, percent)| (values.get(place), percent)) {
                Some((Some(Values::Numbers(numbers)), true)) => Level::Percent(numbers.clone()),
                Some((Some(Values::Numbers(numbers)), false)) => Level::Distance(numbers.clone()),
                _ => Level::None,
            };
        let orders = |&[enter, exit, enter_short, exit_short, stop_loss, take_profit]: &Read| Orders {
            enter: conditions(enter),
            exit: conditions(exit),
            enter_short: conditions(enter_short),
            exit_short: conditions(exit_short),
            stop_loss: level(stop_loss),
            take_profit: level(take_profit),
        };
        Ok(self.plans.iter().map(orders).collect())
    }
}

impl Orders {
    /// The orders of a strategy's setups: each side's enter, with the stop and the profit that the setup names, and close
    /// what the other side has opened.
    ///
    /// Fails when a setup is of no bar of the frame.
    pub fn of_setups(frame: &Frame, setups: &[Setup]) -> Result<Self> {
        let rows = frame.len();
        let (mut enter, mut enter_short) = (vec![false; rows], vec![false; rows]);
        let (mut stops, mut targets) = (vec![f64::NAN; rows], vec![f64::NAN; rows]);
        for setup in setups {
            let Ok(bar) = frame.time().binary_search(&setup.time) else {
                let message = format!("a setup of time {}, at which there is no bar", setup.time);
                return Err(Error::new(ErrorKind::Data, message));
            };
            let side = if setup.side == Side::Buy { &mut enter } else { &mut enter_short };
            side[bar] = true;
            stops[bar] = setup.stop_loss.unwrap_or(f64::NAN);
            targets[bar] = setup.take_profit.unwrap_or(f64::NAN);
        }
        let none = vec![false; rows];
        Ok(Self {
            enter,
            exit: none.clone(),
            enter_short,
            exit_short: none,
            stop_loss: Level::Price(stops),
            take_profit: Level::Price(targets),
        })
    }
}

impl Orders {
    /// Fails unless they are of so many bars.
    pub(super) fn check(&self, rows: usize) -> Result<()> {
        let Self { enter, exit, enter_short, exit_short, stop_loss, take_profit } = self;
        let conditions = [enter, exit, enter_short, exit_short].map(Vec::len);
        let levels = [stop_loss, take_profit].map(|level| level.values().map_or(rows, Vec::len));
        match conditions.into_iter().chain(levels).find(|length| *length != rows) {
            Some(length) => {
                let message = format!("orders of {length} bars do not fit a frame of {rows}");
                Err(Error::new(ErrorKind::Data, message))
            }
            None => Ok(()),
        }
    }

    /// Those from this bar on.
    pub(super) fn after(&self, bar: usize) -> Self {
        fn rest<T: Clone>(all: &[T], bar: usize) -> Vec<T> {
            all.get(bar..).unwrap_or_default().to_vec()
        }
        let level = |level: &Level| match level {
            Level::None => Level::None,
            Level::Percent(values) => Level::Percent(rest(values, bar)),
            Level::Distance(values) => Level::Distance(rest(values, bar)),
            Level::Price(values) => Level::Price(rest(values, bar)),
        };
        Self {
            enter: rest(&self.enter, bar),
            exit: rest(&self.exit, bar),
            enter_short: rest(&self.enter_short, bar),
            exit_short: rest(&self.exit_short, bar),
            stop_loss: level(&self.stop_loss),
            take_profit: level(&self.take_profit),
        }
    }
}

impl Level {
    fn values(&self) -> Option<&Vec<f64>> {
        match self {
            Self::None => None,
            Self::Percent(values) | Self::Distance(values) | Self::Price(values) => Some(values),
        }
    }

    /// The price of a trade entered at `price`, in `direction` (1 up, −1 down) from there; `None` is nowhere, and an error
    /// that there must not be such a trade.
    pub(super) fn price(&self, bar: usize, price: f64, direction: f64) -> Result<Option<f64>, NoTrade> {
        let level = match self {
            Self::None => return Ok(None),
            Self::Percent(parts) => price + direction * price * of(parts, bar) / 100.0,
            Self::Distance(distances) => price + direction * of(distances, bar),
            Self::Price(prices) if of(prices, bar).is_nan() => return Ok(None),
            Self::Price(prices) => of(prices, bar),
        };
        // The wrong side of the entry, or none: the trade would be over before it begins. Also for NaN.
        if (level - price) * direction > 0.0 { Ok(Some(level)) } else { Err(NoTrade) }
    }
}

/// A level that cannot be had.
pub(super) struct NoTrade;

fn of(values: &[f64], bar: usize) -> f64 {
    values.get(bar).copied().unwrap_or(f64::NAN)
}
