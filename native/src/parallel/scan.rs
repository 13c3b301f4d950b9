//! One condition over many stored series.

use std::ops::ControlFlow;

use atra_core::expression::{Expressions, Kind, Values};
use atra_core::{Args, Candle, Error, ErrorKind, Frame, Result, TimeMs};

use super::{map, threads};
use crate::Store;
use crate::store::CandleQuery;

/// A condition to look for in the candles of many markets, and what is to be told where it is found.
///
/// ```
/// use std::ops::ControlFlow;
/// use atra::{Candle, Frame, Store, parallel::Scan};
///
/// # let directory = tempfile::tempdir()?;
/// let store = Store::open(directory.path().join("bot.db"))?;
/// for (symbol, step) in [("UP", 1.0), ("DOWN", -1.0)] {
///     let candle = |bar: i64| {
///         let price = 100.0 + step * bar as f64;
///         Candle { time: bar * 60_000, open: price, high: price, low: price, close: price, volume: 1.0 }
///     };
///     store.upsert_candles(symbol, "1m", &Frame::candles((0..50).map(candle))?)?;
/// }
///
/// let scan = Scan::new("close > sma(20) and rsi(14) > 70", "close, rsi(14)")?;
/// let series = scan.series(&store, &[], Some("1m"))?;
/// let mut found = Vec::new();
/// scan.run(&store, &series, |part, _done| {
///     found.extend(part);
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].symbol.as_str(), found[0].values.as_slice()), ("UP", [149.0, 100.0].as_slice()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scan {
    /// The condition, then the columns.
    expressions: Expressions,
    bars: Bars,
}

/// Which bars of each series a scan looks at. Indicators have seen all that came before, whichever it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bars {
    /// The last one.
    #[default]
    Latest,
    /// The last so many.
    Last(usize),
    /// All.
    All,
}

/// A bar at which the condition is true.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The market.
    pub symbol: String,
    /// The candles' interval.
    pub interval: String,
    /// When the bar opened.
    pub time: TimeMs,
    /// What was asked of it; NaN where there is no number.
    pub values: Vec<f64>,
}

/// Series read at a time by each thread: what was found in them is held until it has been handed over.
const SHARE: usize = 4;

impl Scan {
    /// Looks for `condition`, and tells `columns`, which are expressions with commas between them (or nothing). See
    /// [`expression`](atra_core::expression) for the language.
    ///
    /// Fails when one cannot be read, and on columns that candles do not have.
    pub fn new(condition: &str, columns: &str) -> Result<Self> {
        let mut expressions = Expressions::new();
        let none = Args::new();
        let named = |option: &'static str| move |error: Error| error.context(option);
        expressions.add(condition, Some(Kind::Condition), &none).map_err(named("where"))?;
        expressions.check(&Candle::COLUMNS).map_err(named("where"))?;
        if !columns.trim().is_empty() {
            expressions.add_list(columns, &none).map_err(named("columns"))?;
            expressions.check(&Candle::COLUMNS).map_err(named("columns"))?;
        }
        Ok(Self { expressions, bars: Bars::default() })
    }

    /// With other bars than the last one.
    #[must_use]
    pub fn bars(self, bars: Bars) -> Self {
        Self { bars, ..self }
    }

    /// The columns as they were written.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        self.expressions.texts().get(1..).unwrap_or_default()
    }

    /// The stored series of these symbols (of all if none is named) and this interval (of any if there is none).
    ///
    /// Fails on a symbol that is not stored, and when there is no series at all.
    pub fn series(
        &self,
        store: &Store,
        symbols: &[String],
        interval: Option<&str>,
    ) -> Result<Vec<(String, String)>> {
        let stored = store.symbols()?;
        let not_found = |message: String| Err(Error::new(ErrorKind::NotFound, message));
        let listed = |names: Vec<&str>| {
            let mut names = names;
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        };
        for symbol in symbols {
            if !stored.iter().any(|info| info.symbol == *symbol) {
                let names: Vec<&str> = stored.iter().map(|info| info.symbol.as_str()).collect();
                let help = match atra_core::error::nearest(symbol, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are: {}", listed(names)),
                };
                return not_found(format!("unknown symbol `{symbol}`; {help}"));
            }
        }
        let wanted = stored.iter().filter(|info| symbols.is_empty() || symbols.contains(&info.symbol));
        let of_interval = wanted.filter(|info| interval.is_none_or(|interval| info.interval == interval));
        let series: Vec<_> = of_interval.map(|info| (info.symbol.clone(), info.interval.clone())).collect();
        match interval {
            _ if stored.is_empty() => not_found("the store holds no symbols yet".to_owned()),
            Some(interval) if series.is_empty() => {
                let intervals = listed(stored.iter().map(|info| info.interval.as_str()).collect());
                not_found(format!("no interval `{interval}`; there are: {intervals}"))
            }
            _ => Ok(series),
        }
    }

    /// The rows of a frame that are looked at and at which the condition is true, and what is told of them.
    pub fn frame(&self, frame: &Frame) -> Result<Vec<(usize, Vec<f64>)>> {
        let first = match self.bars {
            Bars::Latest => frame.len().saturating_sub(1),
            Bars::Last(bars) => frame.len().saturating_sub(bars),
            Bars::All => 0,
        };
        let mut values = self.expressions.evaluate(frame)?.into_iter();
        let condition = values.next().map(Values::into_conditions).unwrap_or_default();
        let columns: Vec<Vec<f64>> = values.map(Values::into_numbers).collect();
        let rows = (first..frame.len()).filter(|row| condition.get(*row) == Some(&true));
        let told =
            |row: usize| columns.iter().map(|column| column.get(row).copied().unwrap_or(f64::NAN)).collect();
        Ok(rows.map(|row| (row, told(row))).collect())
    }

    /// Looks through stored series on all processors, and hands over what was found in their order, some series at a time,
    /// with how many series have been looked through. It ends early when it is told to [break](ControlFlow::Break).
    ///
    /// Each thread holds one series in memory. Fails when a series cannot be read.
    pub fn run(
        &self,
        store: &Store,
        series: &[(String, String)],
        mut each: impl FnMut(Vec<Found>, usize) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut done = 0;
        for part in series.chunks(SHARE * threads()) {
            done += part.len();
            let results = map(part.iter().collect(), |(symbol, interval)| -> Result<Vec<Found>> {
                let frame = store.candles(symbol, interval, CandleQuery::default())?;
                let found =
                    self.frame(&frame).map_err(|error| error.context(format_args!("{symbol} {interval}")))?;
                let found = found.into_iter().filter_map(|(row, values)| {
                    let time = *frame.time().get(row)?;
                    Some(Found { symbol: symbol.clone(), interval: interval.clone(), time, values })
                });
                Ok(found.collect())
            });
            let mut found = Vec::new();
            for result in results {
                found.append(&mut result?);
            }
            if each(found, done).is_break() {
                break;
            }
        }
        Ok(())
    }
}
