//! A signal: what a strategy says should be done, and why.

use std::fmt;
use std::str::FromStr;

use atra_core::{Error, ErrorKind, Result, TimeMs};
use serde::{Deserialize, Serialize};

/// Which way a signal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Open long, or close short.
    Buy,
    /// Open short, or close long.
    Sell,
}

impl Side {
    /// `buy` or `sell`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Buy => "buy",
            Self::Sell => "sell",
        }
    }

    /// +1 for buy, −1 for sell: the direction in which the price should go.
    #[must_use]
    pub fn sign(self) -> f64 {
        match self {
            Self::Buy => 1.0,
            Self::Sell => -1.0,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Side {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "buy" => Ok(Self::Buy),
            "sell" => Ok(Self::Sell),
            _ => Err(Error::new(ErrorKind::Parameter, format!("side `{text}` must be `buy` or `sell`"))),
        }
    }
}

/// Free-form numbers and notes about a signal's quality, by name.
pub type QualityMeta = serde_json::Map<String, serde_json::Value>;

/// What a strategy says of one bar of one market. Symbol, interval, strategy and time identify it.
///
/// ```
/// use atra::{Side, Signal};
///
/// let signal = Signal {
///     symbol: "BTCUSDT".into(),
///     interval: "1h".into(),
///     time: 1_700_000_000_000,
///     strategy: "rsi_reversal".into(),
///     side: Side::Buy,
///     entry_price: 100.0,
///     stop_loss: Some(97.0),
///     take_profit: None,
///     score: 0.4,
///     reason: "rsi(14) rose through 30 (31.2)".into(),
///     quality_meta: None,
/// };
/// assert!(signal.validate().is_ok());
///
/// let wrong = Signal { stop_loss: Some(104.0), ..signal };
/// let error = wrong.validate().unwrap_err();
/// assert_eq!(error.to_string(), "stop_loss 104 of a buy must be below entry_price 100");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// The market, as the exchange names it.
    pub symbol: String,
    /// The candles' interval: `1m`, `1h` …
    pub interval: String,
    /// Opening time of the bar at whose close the signal appeared.
    pub time: TimeMs,
    /// Name of the strategy.
    pub strategy: String,
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
    #[serde(default)]
    pub quality_meta: Option<QualityMeta>,
}

impl Signal {
    /// Checks that the names are given, prices are finite and on their sides of the entry, and the score is
    /// from 0 to 1.
    pub fn validate(&self) -> Result<()> {
        let fail = |message: String| Err(Error::new(ErrorKind::Data, message));
        for (field, name) in
            [("symbol", &self.symbol), ("interval", &self.interval), ("strategy", &self.strategy)]
        {
            if name.is_empty() {
                return fail(format!("{field} of a signal must not be empty"));
            }
        }
        let (side, entry) = (self.side, self.entry_price);
        if !entry.is_finite() {
            return fail(format!("entry_price {entry} is not a finite number"));
        }
        // Each exit, and the direction from the entry in which a buy has it.
        for (field, price, direction) in
            [("stop_loss", self.stop_loss, -1.0), ("take_profit", self.take_profit, 1.0)]
        {
            let direction = direction * side.sign();
            match price {
                Some(price) if !price.is_finite() => {
                    return fail(format!("{field} {price} is not a finite number"));
                }
                Some(price) if (price - entry) * direction <= 0.0 => {
                    let place = if direction > 0.0 { "above" } else { "below" };
                    return fail(format!("{field} {price} of a {side} must be {place} entry_price {entry}"));
                }
                _ => {}
            }
        }
        if !(0.0..=1.0).contains(&self.score) {
            return fail(format!("score {} must be from 0 to 1", self.score));
        }
        Ok(())
    }
}
