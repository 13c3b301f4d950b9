//! Bars that nobody has seen before.

use atra_core::spec::{Input, Spec};

pub struct Market {
    pub open: Vec<f64>,
    pub high: Vec<f64>,
    pub low: Vec<f64>,
    pub close: Vec<f64>,
    pub volume: Vec<f64>,
}

impl Market {
    /// The columns an indicator reads.
    pub fn columns(&self, spec: &Spec) -> Vec<&[f64]> {
        let column = |input: &Input| match input.column() {
            "open" => &self.open[..],
            "high" => &self.high,
            "low" => &self.low,
            "volume" => &self.volume,
            _ => &self.close,
        };
        spec.inputs.iter().map(column).collect()
    }

    /// For peers that take it instead of candles: whoever has candles has to compute it.
    pub fn typical_price(&self, out: &mut [f64]) {
        for (((out, high), low), close) in out.iter_mut().zip(&self.high).zip(&self.low).zip(&self.close) {
            *out = (high + low + close) / 3.0;
        }
    }
}

/// A random walk: nothing in it repeats, so that no branch predictor learns it.
pub fn market(rows: usize, seed: u64) -> Market {
    let mut seed = 88_172_645_463_325_252_u64.wrapping_mul(2 * seed + 1);
    let mut random = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let column = || Vec::with_capacity(rows);
    let [open, high, low, close, volume] = std::array::from_fn(|_| column());
    let mut market = Market { open, high, low, close, volume };
    let mut price: f64 = 100.0;
    for _ in 0..rows {
        let open = price;
        price = (price + random() - 0.5).max(10.0);
        let (high, low) = (open.max(price) + random() * 0.5, open.min(price) - random() * 0.5);
        market.open.push(open);
        market.high.push(high);
        market.low.push(low);
        market.close.push(price);
        market.volume.push((random() * 1000.0).floor());
    }
    market
}
