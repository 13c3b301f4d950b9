//! Writes what of the package is generated from the indicators' own descriptions: `types DIRECTORY`.

use std::fs::write;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory: PathBuf = std::env::args_os().nth(1).ok_or("usage: types DIRECTORY")?.into();
    write(directory.join("catalog.d.ts"), atra_wasm::types::catalog_d_ts())?;
    Ok(write(directory.join("specs.js"), atra_wasm::types::specs_js())?)
}
