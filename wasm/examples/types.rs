//! Writes `wasm/npm/catalog.d.ts`.

fn main() -> std::io::Result<()> {
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/npm/catalog.d.ts"), atra_wasm::types::catalog_d_ts())
}
