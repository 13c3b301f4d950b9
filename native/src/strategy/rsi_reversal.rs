//! Buy when an oversold market turns up, sell when an overbought one turns down.

use atra_core::indicators::momentum::Rsi;
use atra_core::{Frame, Indicator, Result, num};

use super::setup::Market;
use super::{Setup, Side, Strategy};

const OVERSOLD: f64 = 30.0;
const OVERBOUGHT: f64 = 70.0;

/// Buys when the RSI comes back up through 30, sells when it comes back down through 70. The score is how deep
/// into the extreme it had been: 1 at RSI 0 (or 100).
#[derive(Clone, Copy, Debug, Default)]
pub struct RsiReversal;

impl Strategy for RsiReversal {
    fn name(&self) -> &'static str {
        "rsi_reversal"
    }

    fn docs(&self) -> &'static str {
        "Buys when rsi(14) comes back up through 30, sells when it comes back down through 70."
    }

    fn setups(&self, frame: &Frame) -> Result<Vec<Setup>> {
        let market = Market::of(frame)?;
        let indicator = Rsi::default();
        let mut rsi = vec![f64::NAN; frame.len()];
        indicator.compute([market.close], [&mut rsi])?;
        let period = indicator.period();

        let mut setups = Vec::new();
        // The lowest and highest values since the market became oversold, or overbought.
        let (mut lowest, mut highest) = (None::<f64>, None::<f64>);
        for (bar, &value) in rsi.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            if value <= OVERSOLD {
                lowest = Some(lowest.map_or(value, |lowest| num::min(lowest, value)));
            } else if let Some(lowest) = lowest.take() {
                let reason = format!("rsi({period}) rose through {OVERSOLD} ({value:.1})");
                let score = (OVERSOLD - lowest) / OVERSOLD;
                let values = [("rsi", value), ("extreme", lowest)];
                setups.push(market.setup(bar, Side::Buy, score, reason, &values)?);
            }
            if value >= OVERBOUGHT {
                highest = Some(highest.map_or(value, |highest| num::max(highest, value)));
            } else if let Some(highest) = highest.take() {
                let reason = format!("rsi({period}) fell through {OVERBOUGHT} ({value:.1})");
                let score = (highest - OVERBOUGHT) / (100.0 - OVERBOUGHT);
                let values = [("rsi", value), ("extreme", highest)];
                setups.push(market.setup(bar, Side::Sell, score, reason, &values)?);
            }
        }
        Ok(setups)
    }
}
