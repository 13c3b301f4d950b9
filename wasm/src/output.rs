//! The columns an indicator computed.

use std::cell::RefCell;
use std::rc::Rc;

use atra_core::DynIndicator;
use wasm_bindgen::prelude::wasm_bindgen;

/// Computed columns, resident in wasm memory; JavaScript reads them through views.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Output {
    indicator: Rc<dyn DynIndicator>,
    columns: Vec<Vec<f64>>,
    rows: usize,
}

thread_local! {
    /// Columns of outputs that were freed, the newest last: a page that computes the same again with other parameters
    /// needs no memory, and none is filled that is written anyway.
    static SPARE: RefCell<Vec<Vec<f64>>> = const { RefCell::new(Vec::new()) };
}

/// As many columns as most outputs have.
const MOST_SPARE: usize = 3;

/// Room for so many columns; what is in them is of no meaning.
pub(crate) fn room(columns: usize, rows: usize) -> Vec<Vec<f64>> {
    SPARE.with_borrow_mut(|spare| {
        let mut column = || {
            // Not one so large that the rest of it is missed elsewhere.
            let fits = |column: &Vec<f64>| (rows..=rows.saturating_mul(2)).contains(&column.capacity());
            let Some(place) = spare.iter().rposition(fits) else { return vec![0.0; rows] };
            let mut column = spare.remove(place);
            column.resize(rows, 0.0);
            column
        };
        (0..columns).map(|_| column()).collect()
    })
}

/// Gives the memory of freed outputs back.
pub(crate) fn forget_spare() {
    SPARE.take();
}

impl Drop for Output {
    fn drop(&mut self) {
        SPARE.with_borrow_mut(|spare| {
            spare.append(&mut self.columns);
            spare.drain(..spare.len().saturating_sub(MOST_SPARE));
        });
    }
}

impl Output {
    pub(crate) fn new(indicator: Rc<dyn DynIndicator>, columns: Vec<Vec<f64>>, rows: usize) -> Self {
        Self { indicator, columns, rows }
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
        self.indicator.lookback()
    }

    /// How many bars later (or earlier, if negative) than its bar a chart draws each column.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn displacements(&self) -> Vec<i32> {
        // A displacement is a period, far below the limit.
        self.indicator.displacements().into_iter().map(|bars| i32::try_from(bars).unwrap_or(0)).collect()
    }

    /// Where column `index` begins; fixed for the life of the output. Null when there is no such column.
    #[must_use]
    pub fn address(&self, index: usize) -> *const f64 {
        self.columns.get(index).map_or(std::ptr::null(), Vec::as_ptr)
    }
}
