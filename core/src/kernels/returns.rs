//! Changes relative to an earlier price.

use crate::num;

/// The change in per cent; 0 from a price of 0.
#[inline(always)]
pub(crate) fn percent_change(before: f64, now: f64) -> f64 {
    if before == 0.0 { 0.0 } else { (now - before) / before * 100.0 }
}

/// The natural logarithm of a ratio of prices; 0 unless both are positive.
#[inline(always)]
pub(crate) fn log_ratio(now: f64, before: f64) -> f64 {
    if (now > 0.0) & (before > 0.0) { num::ln(now / before) } else { 0.0 }
}
