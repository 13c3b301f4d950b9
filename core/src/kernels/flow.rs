//! Money flow.

/// Volume counted by where in its range the bar closes: all of it at the high, none in the middle, negative at the low.
/// 0 for a bar without range.
#[inline(always)]
pub(crate) fn money_flow([high, low, close, volume]: [f64; 4]) -> f64 {
    let range = high - low;
    if range > 0.0 { ((close - low) - (high - close)) / range * volume } else { 0.0 }
}

/// Volume with the sign of a move; 0 without one.
#[inline(always)]
pub(crate) fn signed_volume(moved: f64, volume: f64) -> f64 {
    let falls = if moved < 0.0 { -volume } else { 0.0 };
    if moved > 0.0 { volume } else { falls }
}
