//! The columns an indicator computed.

use atra_core::DynIndicator;
use wasm_bindgen::prelude::wasm_bindgen;

/// Computed columns, resident in wasm memory; JavaScript reads them through views.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Output {
    columns: Vec<Vec<f64>>,
    rows: usize,
    lookback: usize,
    displacements: Vec<i32>,
}

impl Output {
    pub(crate) fn new(indicator: &dyn DynIndicator, columns: Vec<Vec<f64>>, rows: usize) -> Self {
        // A displacement is a period, far below the limit.
        let displacements =
            indicator.displacements().into_iter().map(|bars| i32::try_from(bars).unwrap_or(0));
        Self { columns, rows, lookback: indicator.lookback(), displacements: displacements.collect() }
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

    /// How many bars later (or earlier, if negative) than its bar a chart draws each column.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn displacements(&self) -> Vec<i32> {
        self.displacements.clone()
    }

    /// Where column `index` begins; fixed for the life of the output. Null when there is no such column.
    #[must_use]
    pub fn address(&self, index: usize) -> *const f64 {
        self.columns.get(index).map_or(std::ptr::null(), Vec::as_ptr)
    }
}
