//! Writes the TypeScript of every indicator, from its own description: `types FILE`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: types FILE")?;
    Ok(std::fs::write(file, atra_wasm::types::catalog_d_ts())?)
}
