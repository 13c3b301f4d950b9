//! Signals from indicators.

mod signal;

pub use signal::{QualityMeta, Side, Signal};
