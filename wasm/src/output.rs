//! The columns an indicator computed.

use wasm_bindgen::prelude::wasm_bindgen;

/// Computed columns, resident in wasm memory; JavaScript reads them through views.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Output {
    columns: Vec<Vec<f64>>,
    rows: usize,
    lookback: usize,
}

impl Output {
    pub(crate) fn new(columns: Vec<Vec<f64>>, rows: usize, lookback: usize) -> Self {
        Self { columns, rows, lookback }
    }
}

#[wasm_bindgen]
impl Output {
    /// How many rows each column has: as many as the frame had.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.rows
    }

    /// How many leading rows are NaN on data without gaps.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn lookback(&self) -> usize {
        self.lookback
    }

    /// Where column `index` begins; fixed for the life of the output. Null when there is no such column.
    #[must_use]
    pub fn address(&self, index: usize) -> *const f64 {
        self.columns.get(index).map_or(std::ptr::null(), Vec::as_ptr)
    }
}
