//! The same rows of several columns, and one row of them.
//!
//! Loops, since the standard library's `map` of an array is often called where it should be inlined: of a short series
//! that is a good part of the time. Browsers download one of each.

use std::ops::Range;

/// Those rows of each.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn parts<const K: usize>(mut columns: [&[f64]; K], rows: Range<usize>) -> [&[f64]; K] {
    for column in &mut columns {
        *column = &column[rows.clone()];
    }
    columns
}

/// As [`parts`], to be written.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn parts_mut<'a, const M: usize>(
    columns: &'a mut [&mut [f64]; M],
    rows: Range<usize>,
) -> [&'a mut [f64]; M] {
    let mut parts = [const { no_rows() }; M];
    for (part, column) in parts.iter_mut().zip(columns) {
        *part = &mut column[rows.clone()];
    }
    parts
}

/// One row of each.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn bar<const K: usize>(columns: &[&[f64]; K], row: usize) -> [f64; K] {
    let mut bar = [0.0; K];
    for (value, column) in bar.iter_mut().zip(columns) {
        *value = column[row];
    }
    bar
}

/// What a list of columns to be written has before they are known: `[const { no_rows() }; N]`.
pub(crate) const fn no_rows<'a>() -> &'a mut [f64] {
    &mut []
}

/// How many rows all have.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn rows_of<const K: usize, const M: usize>(
    columns: &[&[f64]; K],
    outs: &[&mut [f64]; M],
) -> usize {
    let mut rows = usize::MAX;
    for column in columns {
        rows = rows.min(column.len());
    }
    for out in outs {
        rows = rows.min(out.len());
    }
    rows
}
