//! Writes each sample series as a codec frame, and what every indicator gives on it as hashes, for comparison with the
//! browser's: `bits DIR` makes `DIR/<sample>.atra` and `DIR/<sample>.bits`.
//!
//! A line of the latter is `<id> <output> <hash>`: FNV-1a 64 over the column as little-endian `f64`.

use std::fmt::Write;
use std::path::Path;

use atra_core::codec::{self, Format};
use atra_core::{Args, Candle, Frame, registry};
use atra_tests::{SAMPLES, sample};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("usage: bits DIR")?;
    let whole = SAMPLES.map(|name| (name.to_owned(), with_periods(sample(name))));
    let holed = SAMPLES.map(|name| (format!("{name}_holed"), with_periods(holed(&sample(name)))));
    for (name, frame) in whole.into_iter().chain(holed) {
        let target = Path::new(&dir).join(name);
        std::fs::write(target.with_extension("atra"), codec::encode(&frame, Format::MessagePack)?)?;
        let mut lines = String::new();
        for entry in registry::all() {
            let columns = entry.build(&Args::new())?.compute_frame(&frame)?;
            for (output, column) in entry.spec().outputs.iter().zip(columns) {
                writeln!(lines, "{} {} {:016x}", entry.spec().id, output.name, hash(&column))?;
            }
        }
        std::fs::write(target.with_extension("bits"), lines)?;
    }
    Ok(())
}

/// The frame with the one column beside a candle's that an indicator reads.
fn with_periods(frame: Frame) -> Frame {
    let periods = (0..frame.len()).map(|row| (row * 7 % 31) as f64).collect();
    frame.with_column("periods", periods).unwrap_or_default()
}

/// The frame with gaps: now one column, now another has no value.
fn holed(frame: &Frame) -> Frame {
    let mut holed = frame.clone();
    for (offset, name) in Candle::COLUMNS.into_iter().enumerate() {
        let mut values = frame.column(name).unwrap_or_default().to_vec();
        values.iter_mut().skip(7 * offset).step_by(97).for_each(|value| *value = f64::NAN);
        holed = holed.with_column(name, values).unwrap_or_default();
    }
    holed
}

fn hash(column: &[f64]) -> u64 {
    column.iter().flat_map(|value| value.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
