//! One bar of market data: a row.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Milliseconds since 1970-01-01T00:00:00 UTC; for a candle, when it opened.
pub type TimeMs = i64;

/// One bar: what the price did from its opening time until the next bar's.
///
/// ```
/// use atra_core::Candle;
///
/// let candle = Candle { time: 1_700_000_000_000, open: 10.0, high: 12.0, low: 9.5, close: 11.0, volume: 340.0 };
/// assert!(candle.validate().is_ok());
///
/// let upside_down = Candle { high: 9.0, ..candle };
/// assert_eq!(upside_down.validate().unwrap_err().to_string(), "high 9 is below low 9.5");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candle {
    /// Opening time.
    pub time: TimeMs,
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price; for a bar still forming, the latest.
    pub close: f64,
    /// Traded quantity, ≥ 0.
    pub volume: f64,
}

impl Candle {
    /// The names of the value columns, in the order of [`values`](Self::values).
    pub const COLUMNS: [&'static str; 5] = ["open", "high", "low", "close", "volume"];

    /// Open, high, low, close, volume.
    #[must_use]
    pub fn values(&self) -> [f64; 5] {
        [self.open, self.high, self.low, self.close, self.volume]
    }

    /// A candle of an opening time and [`values`](Self::values).
    #[must_use]
    pub fn from_values(time: TimeMs, [open, high, low, close, volume]: [f64; 5]) -> Self {
        Self { time, open, high, low, close, volume }
    }

    /// Checks what every part of atra relies on: finite numbers, `high ≥ low`, `volume ≥ 0`.
    ///
    /// Open and close outside low..high are let through: exchanges publish such bars.
    #[inline(always)]
    pub fn validate(&self) -> Result<()> {
        // Zero times what is not finite is NaN. Asked once a tick: without a branch for each number.
        let zeros: f64 = self.values().iter().map(|value| value * 0.0).sum();
        if (zeros == 0.0) & (self.high >= self.low) & (self.volume >= 0.0) { Ok(()) } else { self.fault() }
    }

    #[cold]
    #[inline(never)]
    fn fault(&self) -> Result<()> {
        for (name, value) in Self::COLUMNS.into_iter().zip(self.values()) {
            if !value.is_finite() {
                return Err(Error::data(format!("{name} {value} is not a finite number")));
            }
        }
        if self.high < self.low {
            return Err(Error::data(format!("high {} is below low {}", self.high, self.low)));
        }
        if self.volume < 0.0 {
            return Err(Error::data(format!("volume {} is negative; it must be 0 or more", self.volume)));
        }
        Ok(())
    }
}
