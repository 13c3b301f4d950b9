//! The recent range, and what is measured by it.

use crate::Smoothing;

use super::{Highest, Lowest, PlacedHighest, PlacedLowest, Smoothed, Window};

crate::state! {
    /// The highest high and lowest low of a window.
    pub(crate) struct Range {
        highest: Window<Highest>,
        lowest: Window<Lowest>,
    }
}

impl Range {
    pub(crate) fn new(period: usize) -> Self {
        Self { highest: Window::new(period), lowest: Window::new(period) }
    }

    /// Takes the next bar; highest and lowest, once the window is full.
    #[inline]
    pub(crate) fn update(&mut self, high: f64, low: f64) -> Option<[f64; 2]> {
        let (highest, lowest) = (self.highest.push(high), self.lowest.push(low));
        Some([highest?.fold.0, lowest?.fold.0])
    }

    /// Whether a range is zero to within rounding: relative, so that an instrument quoted in millionths is not
    /// taken for flat.
    #[inline]
    pub(crate) fn is_flat(highest: f64, lowest: f64) -> bool {
        (highest - lowest).abs() <= 1e-14 * (highest.abs() + lowest.abs())
    }

    /// Takes the next bar; where its close stands in the range, 0 to 100, 0 where that is flat.
    #[inline]
    pub(crate) fn place(&mut self, high: f64, low: f64, close: f64) -> Option<f64> {
        let [highest, lowest] = self.update(high, low)?;
        let flat = Self::is_flat(highest, lowest);
        Some(if flat { 0.0 } else { (close - lowest) / (highest - lowest) * 100.0 })
    }
}

crate::state! {
    /// How long ago the extremes of `period + 1` bars were.
    pub(crate) struct AroonWindow {
        period: usize,
        highest: Window<PlacedHighest>,
        lowest: Window<PlacedLowest>,
    }
}

impl AroonWindow {
    pub(crate) fn new(period: usize) -> Self {
        Self { period, highest: Window::new(period + 1), lowest: Window::new(period + 1) }
    }

    /// Takes the next bar; aroon down and up.
    #[inline]
    pub(crate) fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let (highest, lowest) = (self.highest.push(high), self.lowest.push(low));
        // A place in the window is the period less the bars since.
        let aroon = |place: usize| 100.0 * place as f64 / self.period as f64;
        Some([aroon(lowest?.fold.place), aroon(highest?.fold.place)])
    }
}

crate::state! {
    /// Wilder's relative strength index.
    pub(crate) struct RelativeStrength {
        /// The previous value.
        before: Option<f64>,
        up: Smoothed,
        down: Smoothed,
    }
}

impl RelativeStrength {
    pub(crate) fn new(period: usize) -> Self {
        Self::smoothed(period, Smoothing::Wilder)
    }

    pub(crate) fn smoothed(period: usize, smoothing: Smoothing) -> Self {
        let average = match smoothing {
            Smoothing::Wilder => Smoothed::wilder(period),
            Smoothing::Ema => Smoothed::exponential(period),
        };
        Self { before: None, up: average.clone(), down: average }
    }

    /// Takes the next value; 50 when nothing has moved.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let change = x - self.before.replace(x)?;
        let gain = if change > 0.0 { change } else { 0.0 };
        let (up, down) = (self.up.update(gain), self.down.update(gain - change));
        let (up, total) = (up?, up? + down?);
        Some(if total > 0.0 { 100.0 * (up / total) } else { 50.0 })
    }
}
