//! The platform-neutral heart of atra: indicators, frames and bytes. No I/O, threads or clock, so a trading
//! bot and a browser run the same code and get the same bits.
//!
//! - [`indicators`]: one type each, and [`registry`] to find them by name;
//! - [`mod@indicator`]: the contract they keep (shapes, warm-up, gaps);
//! - [`Stream`]: a live indicator that can replace the forming bar, be saved and restored;
//! - [`Watch`]: many live indicators of one market, updated in one call;
//! - [`execute`]: many series stepped together; [`mod@sweep`]: many parameters;
//! - [`expression`]: conditions and numbers written as text, over candles and indicators;
//! - [`Frame`] and [`Candle`]: market data as columns and rows;
//! - [`codec`]: the bytes all of it is stored and sent as.
//!
//! ```
//! use atra_core::prelude::*;
//!
//! let close = [44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.10, 45.42, 45.84];
//!
//! // Whole series, typed …
//! let mut values = [0.0; 9];
//! Rsi::new(5)?.compute([&close], [&mut values])?;
//!
//! // … by name …
//! let rsi = registry::find("rsi")?.build(&Args::new().with("period", 5.0))?;
//! assert_eq!(rsi.compute_columns(&[&close])?[0][5..], values[5..]);
//!
//! // … or bar by bar.
//! let mut stream = Rsi::new(5)?.stream();
//! for (price, value) in close.iter().zip(values) {
//!     assert_eq!(stream.update([*price]), (!value.is_nan()).then_some([value]));
//! }
//! # Ok::<(), Error>(())
//! ```

pub mod args;
mod closed;
pub mod codec;
mod dynamic;
pub mod error;
pub mod execute;
pub mod expression;
pub mod frame;
pub mod indicator;
pub mod indicators;
mod kernels;
mod live;
#[macro_use]
mod macros;
pub mod num;
pub mod registry;
mod ring;
mod snapshot;
pub mod spec;
pub mod stored;
pub mod stream;
pub mod sweep;
pub mod time;
pub mod watch;

pub use args::{Args, Convention, FirstRange, Gaps, MaType, MovementSeed, PairSeed, Seed, Smoothing};
pub use closed::ClosedStream;
pub use error::{Error, ErrorKind, Result};
pub use frame::{Candle, Frame, PackedFrame, TimeMs};
pub use indicator::{Described, DynIndicator, Indicator, Row, Update};
pub use live::DynStream;
pub use spec::Spec;
pub use stored::Stored;
pub use stream::Stream;
pub use time::{Span, Zone};
pub use watch::Watch;

/// What most programs want in scope.
pub mod prelude {
    pub use crate::indicators::{
        candlestick::*, cycle::*, momentum::*, overlap::*, price::*, statistics::*, volatility::*, volume::*,
    };
    pub use crate::{
        Args, Candle, ClosedStream, Convention, DynIndicator, Error, FirstRange, Frame, Gaps, Indicator,
        MaType, MovementSeed, PairSeed, Result, Seed, Smoothing, Span, Stream, Update, Zone, registry,
    };
}

/// The code of the contributor's guide, run.
#[cfg(doctest)]
#[doc = include_str!("../../CONTRIBUTING.md")]
struct Contributing;
