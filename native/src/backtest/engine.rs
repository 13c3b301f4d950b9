//! Orders filled, bar by bar.

use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};

use super::{Backtest, Exit, Orders, Size, Trade};
use crate::strategy::Side;

/// One bar's prices.
#[derive(Clone, Copy)]
struct Bar {
    row: usize,
    time: TimeMs,
    open: f64,
    high: f64,
    low: f64,
    close: f64,
}

/// An open trade.
struct Position {
    side: Side,
    entry: Bar,
    price: f64,
    quantity: f64,
    /// What entering cost, and of that the fee.
    cost: f64,
    fee: f64,
    stop: Option<f64>,
    target: Option<f64>,
}

/// What the bars that have closed want; it waits for an open.
#[derive(Clone, Copy, Default)]
struct Wanted {
    leave: bool,
    /// The side, and the row that said so.
    enter: Option<(Side, usize)>,
}

struct Account<'a> {
    terms: &'a Backtest,
    /// The money when no trade is open; when one is, what was there before it.
    cash: f64,
    position: Option<Position>,
    trades: Vec<Trade>,
}

/// Fails on a price that is not above 0, which a part of the money cannot buy.
fn check(columns: [(&str, &[f64]); 4]) -> Result<()> {
    for (name, prices) in columns {
        if let Some(row) = prices.iter().position(|price| price.is_finite() && *price <= 0.0) {
            let price = prices[row];
            let message =
                format!("{name} {price} in row {row} is not valid; a backtest needs prices above 0");
            return Err(Error::new(ErrorKind::Data, message));
        }
    }
    Ok(())
}

/// The trades, and the equity at each close; the orders are of this frame.
pub(super) fn run(terms: &Backtest, frame: &Frame, orders: &Orders) -> Result<(Vec<Trade>, Vec<f64>)> {
    let [open, high, low, close] =
        [frame.column("open")?, frame.column("high")?, frame.column("low")?, frame.column("close")?];
    check([("open", open), ("high", high), ("low", low), ("close", close)])?;
    let mut account = Account { terms, cash: terms.capital, position: None, trades: Vec::new() };
    let mut equity = Vec::with_capacity(frame.len());
    let mut wanted = Wanted::default();
    let mut last = None;
    for (row, &time) in frame.time().iter().enumerate() {
        let bar = Bar { row, time, open: open[row], high: high[row], low: low[row], close: close[row] };
        if [bar.open, bar.high, bar.low, bar.close].iter().all(|price| price.is_finite()) {
            account.open(bar, std::mem::take(&mut wanted), orders);
            account.within(bar);
            account.ruin(bar);
            last = Some(bar);
        }
        equity.push(account.equity(last));
        wanted = account.wants(row, orders, wanted);
    }
    if let Some(bar) = last {
        account.value(bar);
    }
    Ok((account.trades, equity))
}

impl Position {
    /// What it has earned at a price, before fees.
    fn moved(&self, price: f64) -> f64 {
        (price - self.price) * self.side.sign() * self.quantity
    }

    /// The trade that it becomes at a price, for a fee.
    fn ended(&self, bar: Bar, price: f64, exit: Exit, fee: f64) -> Trade {
        let fees = self.fee + fee;
        let profit = self.moved(price) - fees;
        Trade {
            side: self.side,
            entry_bar: self.entry.row,
            entry_time: self.entry.time,
            entry_price: self.price,
            exit_bar: bar.row,
            exit_time: bar.time,
            exit_price: price,
            exit,
            quantity: self.quantity,
            fees,
            profit,
            gain: profit / self.cost,
        }
    }
}

impl Account<'_> {
    /// What is wanted after a bar has closed. Only what can still be done waits.
    fn wants(&self, row: usize, orders: &Orders, waiting: Wanted) -> Wanted {
        let [buy, sell, short, cover] =
            [&orders.enter, &orders.exit, &orders.enter_short, &orders.exit_short].map(|wish| wish[row]);
        let enter = match (buy && !sell, short && !cover) {
            (true, false) => Some(Side::Buy),
            (false, true) => Some(Side::Sell),
            _ => None,
        };
        let held = self.position.as_ref().map(|position| position.side);
        let leave = match held {
            Some(Side::Buy) => sell,
            Some(Side::Sell) => cover,
            None => false,
        };
        let enter = enter.filter(|side| held != Some(*side)).map(|side| (side, row));
        // What waits over a gap is given up when its side is to be left by now.
        let waiting_enter = waiting.enter.filter(|(side, _)| !if *side == Side::Buy { sell } else { cover });
        Wanted { leave: leave || waiting.leave, enter: enter.or(waiting_enter) }
    }

    /// Fills at the open what is wanted.
    fn open(&mut self, bar: Bar, wanted: Wanted, orders: &Orders) {
        if wanted.leave {
            self.close(bar, bar.open, Exit::Rule, true);
        }
        let Some((side, row)) = wanted.enter else { return };
        if self.position.as_ref().is_some_and(|position| position.side == side) {
            return;
        }
        self.close(bar, bar.open, Exit::Reverse, true);
        self.enter(bar, side, row, orders);
    }

    fn enter(&mut self, bar: Bar, side: Side, row: usize, orders: &Orders) {
        let money = match self.terms.size {
            Size::Part(part) => self.cash * part,
            Size::Money(money) if money > self.cash => self.cash,
            Size::Money(money) => money,
        };
        let price = self.slipped(bar.open, side.sign());
        let levels = (
            orders.stop_loss.price(row, price, -side.sign()),
            orders.take_profit.price(row, price, side.sign()),
        );
        let (Ok(stop), Ok(target)) = levels else { return };
        if money <= 0.0 {
            return;
        }
        let quantity = money / (price * (1.0 + self.rate()));
        let worth = quantity * price;
        let fee = worth * self.rate();
        self.position =
            Some(Position { side, entry: bar, price, quantity, cost: worth + fee, fee, stop, target });
    }

    /// What a bar's prices do to an open trade: first its open, then its low and high, the worse of both.
    fn within(&mut self, bar: Bar) {
        let Some(position) = &self.position else { return };
        let (stop, target, side) = (position.stop, position.target, position.side);
        // Seen from the trade: what is lower is worse.
        let sign = side.sign();
        let (worst, best) = if side == Side::Buy { (bar.low, bar.high) } else { (bar.high, bar.low) };
        let beyond = |price: f64, level: f64| (price - level) * sign <= 0.0;
        if stop.is_some_and(|stop| beyond(bar.open, stop)) {
            self.close(bar, bar.open, Exit::Stop, true);
        } else if let Some(target) = target.filter(|target| beyond(*target, bar.open)) {
            self.close(bar, target, Exit::Target, false);
        } else if let Some(stop) = stop.filter(|stop| beyond(worst, *stop)) {
            self.close(bar, stop, Exit::Stop, true);
        } else if let Some(target) = target.filter(|target| beyond(*target, best)) {
            self.close(bar, target, Exit::Target, false);
        }
    }

    /// Ends the open trade, if there is one.
    fn close(&mut self, bar: Bar, price: f64, exit: Exit, slips: bool) {
        let Some(position) = self.position.take() else { return };
        let price = if slips { self.slipped(price, -position.side.sign()) } else { price };
        let trade = position.ended(bar, price, exit, position.quantity * price * self.rate());
        self.cash += trade.profit;
        self.trades.push(trade);
    }

    fn equity(&self, last: Option<Bar>) -> f64 {
        let open = self.position.as_ref().zip(last);
        self.cash + open.map_or(0.0, |(position, bar)| position.moved(bar.close) - position.fee)
    }

    fn ruin(&mut self, bar: Bar) {
        if self.position.is_some() && self.equity(Some(bar)) <= 0.0 {
            self.close(bar, bar.close, Exit::Ruin, true);
        }
    }

    /// Lists the trade that is still open.
    fn value(&mut self, bar: Bar) {
        if let Some(position) = self.position.take() {
            self.trades.push(position.ended(bar, bar.close, Exit::Open, 0.0));
        }
    }

    /// A price made worse for who buys (1) or sells (−1).
    fn slipped(&self, price: f64, sign: f64) -> f64 {
        price * (1.0 + sign * self.terms.slippage / 10_000.0)
    }

    fn rate(&self) -> f64 {
        self.terms.fee / 10_000.0
    }
}
