//! atra.
pub use atra_core::*;
