//! True range.

use super::Smoothed;
use crate::{FirstRange, num};

crate::state! {
    /// The true range, bar by bar.
    pub(crate) struct TrueRange {
        first: FirstRange,
        /// Of the previous bar.
        close: Option<f64>,
    }
}

impl TrueRange {
    pub(crate) fn new(first: FirstRange) -> Self {
        Self { first, close: None }
    }

    /// Takes many bars and writes their true ranges; that of the first of all only where it has one.
    pub(crate) fn run(&mut self, [high, low, close]: [&[f64]; 3], out: &mut [f64]) {
        let (Some(first), Some(last)) = (close.first(), close.last()) else { return };
        out[0] = self.update([high[0], low[0], *first]).unwrap_or(f64::NAN);
        self.close = Some(*last);
        for (((out, before), high), low) in out[1..].iter_mut().zip(close).zip(&high[1..]).zip(&low[1..]) {
            *out = true_range(*before, *high, *low);
        }
    }

    #[inline(always)]
    pub(crate) fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<f64> {
        match self.close.replace(close) {
            Some(before) => Some(true_range(before, high, low)),
            None => (self.first == FirstRange::Include).then_some(high - low),
        }
    }
}
/// The largest of the bar's range and its distances from the previous close.
///
/// Wilder, "New Concepts in Technical Trading Systems", 1978, p. 21.
#[inline(always)]
pub(crate) fn true_range(previous_close: f64, high: f64, low: f64) -> f64 {
    let reach = num::max((high - previous_close).abs(), (low - previous_close).abs());
    num::max(reach, high - low)
}

crate::state! {
    /// Wilder's average of the true range.
    pub(crate) struct AverageRange {
        range: TrueRange,
        average: Smoothed,
    }
}

impl AverageRange {
    pub(crate) fn new(period: usize, first: FirstRange) -> Self {
        Self { range: TrueRange::new(first), average: Smoothed::wilder(period) }
    }

    /// How many bars come before the first average.
    pub(crate) fn lookback(period: usize, first: FirstRange) -> usize {
        match first {
            FirstRange::Skip => period,
            FirstRange::Include => period - 1,
        }
    }

    /// Takes the next bar (high, low, close); the average once `period` ranges are in it.
    #[inline]
    pub(crate) fn update(&mut self, bar: [f64; 3]) -> Option<f64> {
        let range = self.range.update(bar)?;
        self.average.update(range)
    }
}
