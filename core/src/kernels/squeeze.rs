//! Bollinger Bands against a Keltner Channel.

use super::{Deviations, Range, Simple, Weighted, Window, true_range};

crate::state! {
    /// How wide both are, and the momentum of the close against the middle of its range.
    pub(crate) struct Compression {
        channel: usize,
        /// Close of the previous bar.
        before: Option<f64>,
        bands: Window<Deviations>,
        middle: Simple,
        range: Simple,
        extremes: Range,
        line: Window<Weighted>,
    }
}

/// Of a bar.
pub(crate) struct Compressed {
    pub(crate) momentum: f64,
    mean: f64,
    deviation: f64,
    middle: f64,
    range: f64,
}

impl Compressed {
    /// Whether bands of so many deviations are inside a channel of so many average ranges.
    #[inline]
    pub(crate) fn is_inside(&self, multiplier: f64, reach: f64) -> bool {
        let (band, edge) = (multiplier * self.deviation, reach * self.range);
        (self.mean + band < self.middle + edge) & (self.mean - band > self.middle - edge)
    }
}

impl Compression {
    pub(crate) fn new(period: usize, channel: usize) -> Self {
        Self {
            channel,
            before: None,
            bands: Window::new(period),
            middle: Simple::new(channel),
            range: Simple::new(channel),
            extremes: Range::new(channel),
            line: Window::new(channel),
        }
    }

    /// Rows before the first value, for a channel of at least two bars.
    pub(crate) fn lookback(period: usize, channel: usize) -> usize {
        (period - 1).max(2 * channel - 2)
    }

    /// Takes the next bar.
    #[inline]
    pub(crate) fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<Compressed> {
        let bands = self.bands.push(close);
        let (middle, extremes) = (self.middle.update(close), self.extremes.update(high, low));
        let before = self.before.replace(close);
        let range = before.and_then(|before| self.range.update(true_range(before, high, low)));
        let (middle, [highest, lowest]) = (middle?, extremes?);
        let line = self.line.push(close - 0.5 * (0.5 * (highest + lowest) + middle));
        let (mean, deviation) = bands?.mean_and_deviation();
        let (_, momentum) = line?.line(self.channel);
        Some(Compressed { momentum, mean, deviation, middle, range: range? })
    }
}
