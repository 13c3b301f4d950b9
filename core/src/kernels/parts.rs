//! The same rows of several columns.
//!
//! Loops, since the standard library's `map` of an array is often called where it should be inlined: of a short series
//! that is a good part of the time.

use std::ops::Range;

/// Those rows of each.
#[inline(always)]
pub(crate) fn parts<const K: usize>(mut columns: [&[f64]; K], rows: Range<usize>) -> [&[f64]; K] {
    for column in &mut columns {
        *column = &column[rows.clone()];
    }
    columns
}

/// As [`parts`], to be written.
#[inline(always)]
pub(crate) fn parts_mut<'a, const M: usize>(
    columns: &'a mut [&mut [f64]; M],
    rows: Range<usize>,
) -> [&'a mut [f64]; M] {
    let mut parts = [const { nothing() }; M];
    for (part, column) in parts.iter_mut().zip(columns) {
        *part = &mut column[rows.clone()];
    }
    parts
}

const fn nothing<'a>() -> &'a mut [f64] {
    &mut []
}

/// How many rows all have.
#[inline(always)]
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
