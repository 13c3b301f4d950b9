//! atra for programs: everything of [`atra_core`], and what needs an operating system.
//!
//! - [`store`]: the bot's database, SQLite that never locks and never loses an acknowledged write;
//! - [`strategy`]: signals from indicators; [`backtest`]: what a rule would have earned;
//! - [`parallel`]: many parameters, many markets, on all processors;
//! - [`csv`]: candles from files; [`files`]: frames in the formats of others;
//! - `serve` (feature `serve`): the HTTP server behind the chart page.

pub mod backtest;
#[cfg(feature = "csv")]
pub mod csv;
#[cfg(feature = "csv")]
pub mod files;
pub mod parallel;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "store")]
pub mod store;
pub mod strategy;

pub use atra_core::*;
#[cfg(feature = "store")]
pub use store::{Store, StoreOptions};
pub use strategy::{Side, Signal};

/// The README's code, run.
#[cfg(all(doctest, feature = "store"))]
#[doc = include_str!("../../README.md")]
struct Readme;
