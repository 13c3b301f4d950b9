//! Trade the crossings of the MACD and its signal line.

use atra_core::indicators::momentum::Macd;
use atra_core::{Frame, Indicator, Result};

use super::setup::Market;
use super::{Setup, Side, Strategy};

/// Buys when the MACD crosses above its signal line, sells when it crosses below. The score is the size of the
/// crossing in per mille of the price, so 1 from 0.1 % on.
#[derive(Clone, Copy, Debug, Default)]
pub struct MacdCross;

impl Strategy for MacdCross {
    fn name(&self) -> &'static str {
        "macd_cross"
    }

    fn docs(&self) -> &'static str {
        "Buys when macd(12, 26, 9) crosses above its signal line, sells when it crosses below."
    }

    fn setups(&self, frame: &Frame) -> Result<Vec<Setup>> {
        let market = Market::of(frame)?;
        let indicator = Macd::default();
        let [mut macd, mut signal, mut histogram] = std::array::from_fn(|_| vec![f64::NAN; frame.len()]);
        indicator.compute([market.close], [&mut macd, &mut signal, &mut histogram])?;
        let name = format!("macd({}, {}, {})", indicator.fast(), indicator.slow(), indicator.signal());

        let mut setups = Vec::new();
        // The side of the signal line the MACD was last on; touching it is not crossing it.
        let mut above = None;
        let bars = histogram.iter().zip(market.close).zip(&macd).enumerate();
        for (bar, ((&gap, &close), &macd)) in bars.filter(|(_, ((gap, _), _))| gap.abs() > 0.0) {
            let rises = gap > 0.0;
            if above.replace(rises).is_some_and(|before| before != rises) {
                let (side, way) = if rises { (Side::Buy, "above") } else { (Side::Sell, "below") };
                let reason = format!("{name} crossed {way} its signal line ({gap:+.4})");
                let score = 1000.0 * gap.abs() / close.abs();
                setups.push(market.setup(bar, side, score, reason, &[("macd", macd), ("histogram", gap)])?);
            }
        }
        Ok(setups)
    }
}
