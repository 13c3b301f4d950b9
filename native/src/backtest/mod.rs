//! What a rule would have earned: an honest backtest.
//!
//! ```
//! use atra::backtest::{Backtest, Plan};
//! use atra::{Args, Candle, Frame};
//!
//! let candle = |bar: i64| {
//!     let price = 100.0 + 10.0 * ((bar as f64) / 8.0).sin();
//!     Candle { time: bar * 86_400_000, open: price, high: price + 1.0, low: price - 1.0, close: price, volume: 1.0 }
//! };
//! let frame = Frame::candles((0..400).map(candle))?;
//!
//! let plan = Plan {
//!     enter: Some("crosses_above(rsi($period), 30)".into()),
//!     exit: Some("rsi($period) > 70".into()),
//!     stop_loss: Some("2 * atr(14)".into()),
//!     ..Plan::default()
//! };
//! let orders = plan.orders(&frame, &Args::new().with("period", 14.0))?;
//! let outcome = Backtest::default().run(&frame, &orders)?;
//! assert_eq!(outcome.equity.len(), 400);
//! println!("{} trades, CAGR {:.1} %", outcome.trades.len(), outcome.metrics.cagr * 100.0);
//! # Ok::<(), atra::Error>(())
//! ```
//!
//! # How orders are filled
//!
//! - A rule is looked at when its bar has closed, and **filled at the next bar's open**. There is no way to trade at a price
//!   that the rule has seen.
//! - A **stop** is filled at its price when the bar's low (of a short trade: high) reaches it, and **at the open when the bar
//!   opens beyond it**. A **target** is filled at its price, never better.
//! - When a bar reaches both, the **stop comes first**: which it was, the bar does not tell.
//! - Both may be reached from the bar of the entry on.
//! - **Slippage** makes every price worse for us, but for a target's, which is a limit. **Fees** are a part of what is
//!   bought or sold, on the way in and on the way out.
//! - There is one trade at a time. A wish to enter that is already fulfilled changes nothing; one for the other side closes
//!   the trade and opens the other at the same open. A bar that says to enter and to leave, or to enter both sides, does not
//!   enter.
//! - A trade whose stop or target cannot be had, as its distance is not known or the open is beyond it, is not entered.
//! - A bar with a gap (an open, high, low or close that is missing) fills nothing; what was wanted waits.
//! - A trade that is open at the end stays open, valued at the last close.
//! - When nothing is left, trading ends: a short trade is closed at the close at which the equity is 0 or less.
//!
//! The equity at a bar is the money and what the open trade would bring at its close, before the costs of leaving.

mod engine;
mod metrics;
mod orders;
mod report;
mod sweep;

use std::borrow::Cow;

use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};

use crate::strategy::Side;

pub use metrics::Metrics;
pub use orders::{Level, Orders, Plan, Rules};
pub use report::{Report, html};
pub use sweep::Swept;

/// The terms on which orders are filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backtest {
    /// The money at the beginning.
    pub capital: f64,
    /// How much of it a trade is.
    pub size: Size,
    /// Of what is bought or sold, in basis points (hundredths of a percent).
    pub fee: f64,
    /// How much worse than the bar's price a fill is, in basis points.
    pub slippage: f64,
    /// First bar that is traded; those before it are for indicators to warm up. Everything that comes out, rows of trades
    /// and the equity, is counted from there.
    pub from: Option<TimeMs>,
}

impl Default for Backtest {
    /// 10,000, all of it in each trade, a fee of 10 basis points and a slippage of 5.
    fn default() -> Self {
        Self { capital: 10_000.0, size: Size::Part(1.0), fee: 10.0, slippage: 5.0, from: None }
    }
}

/// How much a trade is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// This part of the equity, above 0 and at most 1, the fee of entering included.
    Part(f64),
    /// So much money, the fee of entering included; less when there is not so much.
    Money(f64),
}

/// One trade.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Trade {
    /// Bought or sold short.
    pub side: Side,
    /// Row of the bar at whose open it began.
    pub entry_bar: usize,
    /// When that bar opened.
    pub entry_time: TimeMs,
    /// At what price, slippage included.
    pub entry_price: f64,
    /// Row of the bar in which it ended; the last one of a trade still open.
    pub exit_bar: usize,
    /// When that bar opened.
    pub exit_time: TimeMs,
    /// At what price, slippage included; the last close of a trade still open.
    pub exit_price: f64,
    /// Why it ended.
    pub exit: Exit,
    /// How much was bought or sold.
    pub quantity: f64,
    /// All fees.
    pub fees: f64,
    /// What it earned or lost, fees included.
    pub profit: f64,
    /// That as a part of what it cost to enter.
    pub gain: f64,
}

/// Why a trade ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Exit {
    /// A rule said so.
    Rule,
    /// Its stop was reached.
    Stop,
    /// Its target was reached.
    Target,
    /// The other side was entered.
    Reverse,
    /// Nothing was left.
    Ruin,
    /// It has not: it is open at the last bar.
    Open,
}

impl Exit {
    /// As one lower-case word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Stop => "stop",
            Self::Target => "target",
            Self::Reverse => "reverse",
            Self::Ruin => "ruin",
            Self::Open => "open",
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Every trade, oldest first.
    pub trades: Vec<Trade>,
    /// The equity at each bar's close.
    pub equity: Vec<f64>,
    /// That in numbers.
    pub metrics: Metrics,
}

impl Backtest {
    /// Fills the orders.
    ///
    /// Fails when a setting is not valid, the frame lacks open, high, low or close, a price in them is not above 0, or the
    /// orders are of another frame.
    pub fn run(&self, frame: &Frame, orders: &Orders) -> Result<Outcome> {
        self.validate()?;
        orders.check(frame.len())?;
        let traded = self.traded(frame);
        let warm_up = frame.len() - traded.len();
        let orders = if warm_up == 0 { Cow::Borrowed(orders) } else { Cow::Owned(orders.after(warm_up)) };
        let (trades, equity) = engine::run(self, &traded, &orders)?;
        let metrics = Metrics::of(self.capital, &traded, &trades, &equity)?;
        Ok(Outcome { trades, equity, metrics })
    }

    /// The bars that are traded.
    #[must_use]
    pub fn traded<'a>(&self, frame: &'a Frame) -> Cow<'a, Frame> {
        match self.from {
            Some(from) => Cow::Owned(frame.between(from, TimeMs::MAX)),
            None => Cow::Borrowed(frame),
        }
    }

    /// Checks the settings.
    pub fn validate(&self) -> Result<()> {
        let wrong = |name: &str, value: f64, valid: &str| {
            Err(Error::new(ErrorKind::Parameter, format!("{name} {value} is not valid; it must be {valid}")))
        };
        let above = |value: f64| value > 0.0 && value.is_finite();
        if !above(self.capital) {
            return wrong("capital", self.capital, "above 0");
        }
        for (name, value) in [("fee", self.fee), ("slippage", self.slippage)] {
            if !(0.0..10_000.0).contains(&value) {
                return wrong(name, value, "from 0 to below 10000 basis points");
            }
        }
        match self.size {
            Size::Part(part) if !(above(part) && part <= 1.0) => {
                wrong("size", part, "above 0 and at most 1 of the equity")
            }
            Size::Money(money) if !above(money) => wrong("size", money, "above 0"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
