//! Go with the trend when it turns and is strong enough to be one.

use atra_core::indicators::{momentum::Adx, overlap::Supertrend};
use atra_core::{Frame, Indicator, Result};

use super::setup::Market;
use super::{Setup, Side, Strategy};

/// An ADX below this is no trend, by Wilder's own rule of thumb.
const TRENDING: f64 = 20.0;

/// Buys when the Supertrend turns up and sells when it turns down, if the ADX is above 20. The score grows with
/// the ADX: 0 at 20, 1 at 60.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrendFollow;

impl Strategy for TrendFollow {
    fn name(&self) -> &'static str {
        "trend_follow"
    }

    fn docs(&self) -> &'static str {
        "Buys when supertrend(10, 3) turns up, sells when it turns down, if adx(14) is above 20."
    }

    fn setups(&self, frame: &Frame) -> Result<Vec<Setup>> {
        let market = Market::of(frame)?;
        let Market { high, low, close, .. } = market;
        let [mut line, mut direction, mut adx] = std::array::from_fn(|_| vec![f64::NAN; frame.len()]);
        let trend = Supertrend::default();
        trend.compute([high, low, close], [&mut line, &mut direction])?;
        let strength = Adx::default();
        strength.compute([high, low, close], [&mut adx])?;
        let name = format!("supertrend({}, {})", trend.period(), trend.multiplier());

        let mut setups = Vec::new();
        let mut before = None;
        let bars = direction.iter().zip(&adx).zip(&line).enumerate();
        for (bar, ((&now, &adx), &line)) in bars.filter(|(_, ((now, _), _))| !now.is_nan()) {
            let rises = now > 0.0;
            let turned = before.replace(rises).is_some_and(|before| before != rises);
            if !turned || adx.is_nan() || adx <= TRENDING {
                continue;
            }
            let (side, way) = if rises { (Side::Buy, "up") } else { (Side::Sell, "down") };
            let reason = format!("{name} turned {way}, adx({}) {adx:.1} > {TRENDING}", strength.period());
            let score = (adx - TRENDING) / 40.0;
            setups.push(market.setup(bar, side, score, reason, &[("adx", adx), ("supertrend", line)])?);
        }
        Ok(setups)
    }
}
