//! An equity curve and its trades in numbers.

use atra_core::{Frame, Result, num};

use super::{Exit, Trade};

/// Milliseconds in a year of 365.25 days.
const YEAR: f64 = 31_557_600_000.0;

/// What came of a backtest, in numbers. One that is not defined, as a win rate without trades, is NaN (JSON: `null`).
///
/// Of the equity `e[i]` at the close of bar `i`, the returns are `r[i] = e[i] / e[i-1] - 1`, from the second bar on. A year
/// is 365.25 days, and has as many bars as the frame has a year of its own time: 365.25 daily bars of a market that is
/// always open, about 252 of one that closes at weekends.
///
/// "Closed" trades are those that have ended; one that is open at the last bar is in the equity, but not in the counts of
/// wins and losses.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Metrics {
    /// The equity at the last close.
    pub equity: f64,
    /// `equity / capital - 1`.
    pub total_return: f64,
    /// The same of who bought at the first close and held: `close[last] / close[first] - 1`, without costs.
    pub buy_and_hold: f64,
    /// Compound annual growth rate: `(equity / capital) ^ (1 / years) - 1`, the years being those from the opening of the
    /// first bar to the opening of the last. −1 when nothing is left.
    pub cagr: f64,
    /// `mean(r) / stddev(r) · √(bars a year)`, the deviation that of a sample (n − 1), without a riskless rate.
    pub sharpe: f64,
    /// `mean(r) / √mean(min(r, 0)²) · √(bars a year)`: as `sharpe`, of losses only.
    pub sortino: f64,
    /// The deepest fall below the highest equity before it, as a part of that: `max(1 - e[i] / max(e[0..=i]))`.
    pub max_drawdown: f64,
    /// The most bars in a row below an earlier equity.
    pub max_drawdown_bars: usize,
    /// How long that was, in milliseconds, from the high to the bar that reached it again, or to the last.
    pub max_drawdown_ms: i64,
    /// Trades, the open one included.
    pub trades: usize,
    /// Closed trades that earned something, as a part of all closed.
    pub win_rate: f64,
    /// What closed trades earned, divided by what others lost.
    pub profit_factor: f64,
    /// The mean gain of a closed trade, as a part of what it cost to enter.
    pub mean_gain: f64,
    /// Bars in which a trade was open, for some time of them, as a part of all.
    pub exposure: f64,
    /// All fees.
    pub fees: f64,
}

impl Metrics {
    /// The names of the numbers, as in JSON, in the order of [`values`](Self::values).
    pub const NAMES: [&'static str; 15] = [
        "equity",
        "total_return",
        "buy_and_hold",
        "cagr",
        "sharpe",
        "sortino",
        "max_drawdown",
        "max_drawdown_bars",
        "max_drawdown_ms",
        "trades",
        "win_rate",
        "profit_factor",
        "mean_gain",
        "exposure",
        "fees",
    ];

    /// The numbers in the order of [`NAMES`](Self::NAMES).
    #[must_use]
    pub fn values(&self) -> [f64; 15] {
        [
            self.equity,
            self.total_return,
            self.buy_and_hold,
            self.cagr,
            self.sharpe,
            self.sortino,
            self.max_drawdown,
            self.max_drawdown_bars as f64,
            self.max_drawdown_ms as f64,
            self.trades as f64,
            self.win_rate,
            self.profit_factor,
            self.mean_gain,
            self.exposure,
            self.fees,
        ]
    }

    /// As a person reads them: names and values.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let percent = |value: f64| {
            if value.is_nan() { "–".to_owned() } else { format!("{:.2} %", value * 100.0) }
        };
        let number = |value: f64| if value.is_nan() { "–".to_owned() } else { format!("{value:.2}") };
        let days = self.max_drawdown_ms as f64 / 86_400_000.0;
        vec![
            ("Equity", number(self.equity)),
            ("Return", percent(self.total_return)),
            ("Buy and hold", percent(self.buy_and_hold)),
            ("CAGR", percent(self.cagr)),
            ("Sharpe", number(self.sharpe)),
            ("Sortino", number(self.sortino)),
            ("Max drawdown", percent(self.max_drawdown)),
            ("Longest drawdown", format!("{} bars, {days:.0} days", self.max_drawdown_bars)),
            ("Trades", self.trades.to_string()),
            ("Win rate", percent(self.win_rate)),
            ("Profit factor", number(self.profit_factor)),
            ("Mean gain", percent(self.mean_gain)),
            ("Exposure", percent(self.exposure)),
            ("Fees", number(self.fees)),
        ]
    }

    /// The numbers of an equity curve, which has as many bars as the frame.
    pub(super) fn of(capital: f64, frame: &Frame, trades: &[Trade], equity: &[f64]) -> Result<Self> {
        let years = match frame.time() {
            [first, .., last] => last.saturating_sub(*first) as f64 / YEAR,
            _ => 0.0,
        };
        let returns = returns(equity);
        // Of all bars, also where there are no returns any more.
        let a_year = num::sqrt(equity.len().saturating_sub(1) as f64 / years);
        let last = equity.last().copied().unwrap_or(capital);
        let losses: Vec<f64> = returns.iter().map(|r| num::min(*r, 0.0)).collect();
        let drawdown = Drawdown::of(frame, equity);
        let closed: Vec<&Trade> = trades.iter().filter(|trade| trade.exit != Exit::Open).collect();
        let sum = |of: fn(f64) -> bool| {
            closed.iter().map(|trade| trade.profit).filter(|x| of(*x)).fold(0.0, |sum, x| sum + x)
        };
        let (won, lost) = (sum(|x| x > 0.0), sum(|x| x < 0.0));
        let wins = closed.iter().filter(|trade| trade.profit > 0.0).count();
        let close = frame.column("close")?;
        let mut closes = close.iter().copied().filter(|price| price.is_finite());
        let first_close = closes.next().unwrap_or(f64::NAN);
        let last_close = closes.next_back().unwrap_or(first_close);
        Ok(Self {
            equity: last,
            total_return: last / capital - 1.0,
            buy_and_hold: last_close / first_close - 1.0,
            cagr: growth(last / capital, years),
            sharpe: ratio(mean(&returns), deviation(&returns)) * a_year,
            sortino: ratio(mean(&returns), num::sqrt(mean_of_squares(&losses))) * a_year,
            max_drawdown: drawdown.depth,
            max_drawdown_bars: drawdown.bars,
            max_drawdown_ms: drawdown.ms,
            trades: trades.len(),
            win_rate: ratio(wins as f64, closed.len() as f64),
            profit_factor: ratio(won, -lost),
            mean_gain: mean(&closed.iter().map(|trade| trade.gain).collect::<Vec<_>>()),
            exposure: ratio(exposed(trades) as f64, frame.len() as f64),
            fees: trades.iter().fold(0.0, |sum, trade| sum + trade.fees), // an empty sum is -0.0
        })
    }
}

/// Of the bars in which the equity has been more than nothing.
fn returns(equity: &[f64]) -> Vec<f64> {
    let pairs = equity.windows(2).take_while(|pair| pair[0] > 0.0);
    pairs.map(|pair| pair[1] / pair[0] - 1.0).collect()
}

/// A quotient; NaN where nothing would be divided by.
fn ratio(a: f64, b: f64) -> f64 {
    if b == 0.0 { f64::NAN } else { a / b }
}

fn mean(values: &[f64]) -> f64 {
    ratio(values.iter().sum(), values.len() as f64)
}

fn mean_of_squares(values: &[f64]) -> f64 {
    ratio(values.iter().map(|x| x * x).sum(), values.len() as f64)
}

fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    num::sqrt(ratio(squares, values.len() as f64 - 1.0))
}

fn growth(factor: f64, years: f64) -> f64 {
    if years <= 0.0 {
        return f64::NAN;
    }
    if factor <= 0.0 { -1.0 } else { num::exp(num::ln(factor) / years) - 1.0 }
}

/// Bars in which a trade was open: trades follow one another, and two may share a bar.
fn exposed(trades: &[Trade]) -> usize {
    let mut next = 0;
    trades.iter().fold(0, |bars, trade| {
        // A trade that leaves at an open is not in that bar any more.
        let at_open = matches!(trade.exit, Exit::Rule | Exit::Reverse);
        let end = if at_open { trade.exit_bar } else { trade.exit_bar + 1 };
        let begin = trade.entry_bar.max(next);
        next = next.max(end);
        bars + end.saturating_sub(begin)
    })
}

struct Drawdown {
    depth: f64,
    bars: usize,
    ms: i64,
}

impl Drawdown {
    fn of(frame: &Frame, equity: &[f64]) -> Self {
        let mut worst = Self { depth: 0.0, bars: 0, ms: 0 };
        let Some((&first, &began)) = equity.first().zip(frame.time().first()) else { return worst };
        let (mut high, mut since, mut bars) = (first, began, 0);
        for (&equity, &time) in equity.iter().zip(frame.time()) {
            if equity >= high {
                if bars > 0 {
                    worst.ms = worst.ms.max(time.saturating_sub(since));
                }
                (high, since, bars) = (equity, time, 0);
                continue;
            }
            bars += 1;
            worst.bars = worst.bars.max(bars);
            worst.ms = worst.ms.max(time.saturating_sub(since));
            worst.depth = num::max(1.0 - equity / high, worst.depth);
        }
        worst
    }
}
