//! What the tests share: the sample candles, read by a parser of their own so that a fault in atra's cannot hide.

pub mod docs;
pub mod golden;

use std::path::{Path, PathBuf};

use atra_core::{Candle, Frame};

/// The sample files, without `.csv`.
pub const SAMPLES: [&str; 6] = ["aapl_1d", "btcusd_1d", "btcusd_4h", "ibm_1d", "patterns", "us500_1m"];

/// A path below this package.
#[must_use]
pub fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The candles of a sample file.
///
/// # Panics
///
/// When the file is not what the repository holds.
#[must_use]
#[allow(clippy::expect_used)] // a test helper: to fail loudly is its purpose
pub fn sample(name: &str) -> Frame {
    candles(&std::fs::read_to_string(path("data").join(name).with_extension("csv")).expect("sample file"))
}

/// The candles in the text of a sample file.
///
/// # Panics
///
/// When it is not what the repository holds.
#[must_use]
#[allow(clippy::expect_used)] // a test helper: to fail loudly is its purpose
pub fn candles(text: &str) -> Frame {
    let candles = text.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let time = cells.next().and_then(|cell| cell.parse().ok()).expect("time");
        let values =
            std::array::from_fn(|_| cells.next().and_then(|cell| cell.parse().ok()).expect("number"));
        Candle::from_values(time, values)
    });
    Frame::candles(candles).expect("valid candles")
}
