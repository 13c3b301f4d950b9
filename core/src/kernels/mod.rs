//! The moving parts indicators are made of. Each is a small state with an `update` of its own.

pub(crate) mod candles;
mod range;
mod smooth;
mod window;

pub(crate) use range::true_range;
pub(crate) use smooth::Smoothed;
pub(crate) use window::{Deviations, Highest, Lowest, Sum, Weighted, Window};
