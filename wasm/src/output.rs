//! The columns an indicator computed.

use std::cell::RefCell;
use std::rc::Rc;

use atra_core::spec::Input;
use atra_core::{DynIndicator, Error, ErrorKind, Result, Spec};
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

/// Room for the outputs of an indicator; what is in it is of no meaning.
pub(crate) fn room(spec: &Spec, rows: usize) -> Result<Vec<Vec<f64>>> {
    let column = |_| {
        let mut column = spare(rows).unwrap_or_default();
        reserve(&mut column, rows)?;
        column.resize(rows, 0.0);
        Ok(column)
    };
    let columns = (0..spec.outputs.len()).map(column).collect();
    if spec.inputs.contains(&Input::Time) {
        probe(rows)?; // the times are read as numbers
    }
    columns
}

/// Makes an empty vector, or a spare column, hold so many values. A module whose allocations fail is broken for ever: what
/// is as long as the data is asked for first, once more without the spare columns.
pub(crate) fn reserve(values: &mut Vec<f64>, rows: usize) -> Result<()> {
    let more = rows.saturating_sub(values.len());
    let reserved = values.try_reserve_exact(more).or_else(|_| {
        forget_spare();
        values.try_reserve_exact(more)
    });
    reserved.map_err(|_| no_memory(rows))
}

#[cold]
pub(crate) fn no_memory(values: usize) -> Error {
    let message =
        format!("no memory is left for {values} more values; free frames and outputs that are not needed");
    Error::new(ErrorKind::Memory, message)
}

/// Whether so many values would find memory, before something that cannot fail takes it.
pub(crate) fn probe(values: usize) -> Result<()> {
    reserve(&mut Vec::new(), values)
}

fn spare(rows: usize) -> Option<Vec<f64>> {
    // Not one so large that the rest of it is missed elsewhere.
    let fits = |column: &Vec<f64>| (rows..=rows.saturating_mul(2)).contains(&column.capacity());
    with_spare(|spare| Some(spare.remove(spare.iter().rposition(fits)?)))?
}

/// Does something with the spare columns, unless a call that broke off has them still.
fn with_spare<T>(work: impl FnOnce(&mut Vec<Vec<f64>>) -> T) -> Option<T> {
    SPARE.with(|spare| spare.try_borrow_mut().ok().map(|mut spare| work(&mut spare)))
}

/// Gives the memory of freed outputs back.
pub(crate) fn forget_spare() {
    with_spare(std::mem::take);
}

impl Drop for Output {
    fn drop(&mut self) {
        with_spare(|spare| {
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
