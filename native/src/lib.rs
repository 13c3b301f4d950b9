//! atra.
#[cfg(feature = "csv")]
pub mod csv;
pub use atra_core::*;
