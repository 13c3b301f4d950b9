//! Signals from indicators: when to enter, where to give up, where to take the profit.
//!
//! ```
//! use atra::{Candle, Frame, strategy};
//!
//! // A market that falls, then recovers.
//! let price = |bar: i64| 100.0 + (bar - 30).abs() as f64 + if bar % 2 == 0 { 0.5 } else { 0.0 };
//! let candle = |bar| Candle {
//!     time: bar * 60_000,
//!     open: price(bar),
//!     high: price(bar) + 1.0,
//!     low: price(bar) - 1.0,
//!     close: price(bar),
//!     volume: 1.0,
//! };
//! let frame = Frame::candles((0..60).map(candle))?;
//!
//! let signals = strategy::find("rsi_reversal")?.signals("BTCUSDT", "1m", &frame)?;
//! assert_eq!(signals[0].side, strategy::Side::Buy);
//! assert!(signals[0].reason.starts_with("rsi(14) rose through 30"));
//! # Ok::<(), atra::Error>(())
//! ```

mod macd_cross;
mod rsi_reversal;
mod setup;
mod signal;
mod trend_follow;

use std::fmt::Debug;

use atra_core::error::nearest;
use atra_core::{Error, ErrorKind, Frame, Result};

pub use macd_cross::MacdCross;
pub use rsi_reversal::RsiReversal;
pub use setup::Setup;
pub use signal::{QualityMeta, Side, Signal};
pub use trend_follow::TrendFollow;

/// The strategy to begin with: few signals, each easy to see on a chart.
pub const DEFAULT: &str = "rsi_reversal";

/// A rule that finds setups in candles.
///
/// A setup on bar `i` may depend on bars `0..=i` only, and never changes when bars are added after it.
pub trait Strategy: Debug + Send + Sync {
    /// Its name, by which [`find`] knows it and signals are stored.
    fn name(&self) -> &'static str;

    /// What it does, in a sentence.
    fn docs(&self) -> &'static str;

    /// Every setup in a frame of candles, oldest first.
    ///
    /// Fails when the frame lacks a column the strategy reads.
    fn setups(&self, frame: &Frame) -> Result<Vec<Setup>>;

    /// Every signal in the candles of a market: its setups with the market's name on them.
    fn signals(&self, symbol: &str, interval: &str, frame: &Frame) -> Result<Vec<Signal>> {
        let setups = self.setups(frame)?;
        Ok(setups.into_iter().map(|setup| setup.into_signal(symbol, interval, self.name())).collect())
    }
}

/// Every built-in strategy.
#[must_use]
pub fn all() -> &'static [&'static dyn Strategy] {
    &[&RsiReversal, &TrendFollow, &MacdCross]
}

/// The strategy of this name; the error lists those there are.
///
/// ```
/// let error = atra::strategy::find("rsi_reversl").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown strategy `rsi_reversl`; did you mean `rsi_reversal`? There are: rsi_reversal, trend_follow, macd_cross"
/// );
/// ```
pub fn find(name: &str) -> Result<&'static dyn Strategy> {
    if let Some(strategy) = all().iter().find(|strategy| strategy.name().eq_ignore_ascii_case(name)) {
        return Ok(*strategy);
    }
    let names: Vec<&str> = all().iter().map(|strategy| strategy.name()).collect();
    let near = nearest(name, names.iter().copied());
    let help =
        near.map_or_else(|| "there are".to_owned(), |near| format!("did you mean `{near}`? There are"));
    Err(Error::new(ErrorKind::NotFound, format!("unknown strategy `{name}`; {help}: {}", names.join(", "))))
}

#[cfg(test)]
mod tests;
