//! atra for programs: everything of [`atra_core`], and what needs an operating system.
//!
//! - [`store`]: the bot's database;
//! - [`strategy`]: signals from indicators.

#[cfg(feature = "store")]
pub mod store;
pub mod strategy;

pub use atra_core::*;
#[cfg(feature = "store")]
pub use store::{Store, StoreOptions};
pub use strategy::{Side, Signal};
