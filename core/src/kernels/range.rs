//! True range.

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
