//! True range.

use crate::num;

/// The largest of the bar's range and its distances from the previous close.
///
/// Wilder, "New Concepts in Technical Trading Systems", 1978, p. 21.
#[inline(always)]
pub(crate) fn true_range(previous_close: f64, high: f64, low: f64) -> f64 {
    let reach = num::max((high - previous_close).abs(), (low - previous_close).abs());
    num::max(reach, high - low)
}
