//! A setup: a signal before it is known which market it is for.

use atra_core::indicators::volatility::Atr;
use atra_core::{Error, ErrorKind, Frame, Indicator, Result, TimeMs};

use super::{QualityMeta, Side, Signal};

/// Average true ranges from the entry to the stop, and to the profit: a trade risks 2 to gain 3.
const STOP: f64 = 2.0;
const PROFIT: f64 = 3.0;

/// What a strategy says of one bar: a [`Signal`] without the names of market and strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Opening time of the bar at whose close it appeared.
    pub time: TimeMs,
    /// Which way.
    pub side: Side,
    /// The bar's close.
    pub entry_price: f64,
    /// Where the trade is given up.
    pub stop_loss: Option<f64>,
    /// Where the profit is taken.
    pub take_profit: Option<f64>,
    /// How good it looks, from 0 to 1.
    pub score: f64,
    /// Why, for a person.
    pub reason: String,
    /// The numbers behind it.
    pub quality_meta: Option<QualityMeta>,
}

impl Setup {
    /// The signal of this setup in a market.
    #[must_use]
    pub fn into_signal(self, symbol: &str, interval: &str, strategy: &str) -> Signal {
        Signal {
            symbol: symbol.to_owned(),
            interval: interval.to_owned(),
            time: self.time,
            strategy: strategy.to_owned(),
            side: self.side,
            entry_price: self.entry_price,
            stop_loss: self.stop_loss,
            take_profit: self.take_profit,
            score: self.score,
            reason: self.reason,
            quality_meta: self.quality_meta,
        }
    }
}

/// A frame's candles with what every strategy needs of them.
pub(super) struct Market<'a> {
    time: &'a [TimeMs],
    pub(super) high: &'a [f64],
    pub(super) low: &'a [f64],
    pub(super) close: &'a [f64],
    atr: Vec<f64>,
}

impl<'a> Market<'a> {
    pub(super) fn of(frame: &'a Frame) -> Result<Self> {
        let [high, low, close] = [frame.column("high")?, frame.column("low")?, frame.column("close")?];
        let mut atr = vec![f64::NAN; frame.len()];
        Atr::default().compute([high, low, close], [&mut atr])?;
        Ok(Self { time: frame.time(), high, low, close, atr })
    }

    /// The setup of a bar: stop and profit by its average true range, `None` where that is unknown, zero, or
    /// would put a price at or below 0. The score is held within 0 to 1.
    pub(super) fn setup(
        &self,
        bar: usize,
        side: Side,
        score: f64,
        reason: String,
        values: &[(&str, f64)],
    ) -> Result<Setup> {
        let (Some(&time), Some(&entry), Some(&atr)) =
            (self.time.get(bar), self.close.get(bar), self.atr.get(bar))
        else {
            return Err(Error::new(ErrorKind::Data, format!("there is no bar {bar}")));
        };
        let at = |ranges: f64| {
            let price = entry + side.sign() * ranges * atr;
            // Also false for NaN.
            let is_away = (price - entry) * ranges * side.sign() > 0.0;
            (is_away && price.is_finite() && price > 0.0).then_some(price)
        };
        let range = [("atr", atr)];
        let numbers = values.iter().chain(&range).filter(|(_, value)| value.is_finite());
        let quality_meta: QualityMeta =
            numbers.map(|&(name, value)| (name.to_owned(), value.into())).collect();
        Ok(Setup {
            time,
            side,
            entry_price: entry,
            stop_loss: at(-STOP),
            take_profit: at(PROFIT),
            score: if score.is_nan() { 0.0 } else { score.clamp(0.0, 1.0) },
            reason,
            quality_meta: (!quality_meta.is_empty()).then_some(quality_meta),
        })
    }
}
