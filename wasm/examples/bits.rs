//! Prints what every indicator gives on a frame, natively, in the lines of `test/bits.mjs`:
//! `cargo run -p atra-wasm --example bits -- FRAMEFILE`.

use std::error::Error;

use atra_core::{Args, Frame, codec, registry};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: bits FRAMEFILE")?;
    let frame: Frame = codec::decode(&std::fs::read(path)?)?;
    for entry in registry::all() {
        let columns = entry.build(&Args::new())?.compute_frame(&frame)?;
        for (output, column) in entry.spec().outputs.iter().zip(columns) {
            println!("{} {} {:016x}", entry.spec().id, output.name, hash(&column));
        }
    }
    Ok(())
}

/// FNV-1a 64 over the column as little-endian bytes.
fn hash(column: &[f64]) -> u64 {
    let bytes = column.iter().flat_map(|value| value.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
