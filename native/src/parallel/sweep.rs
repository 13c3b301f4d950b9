//! One indicator with many sets of parameters on one series.

use std::ops::ControlFlow;

use atra_core::registry::Entry;
use atra_core::sweep::Grid;
use atra_core::{Args, Result};

use super::{map, threads};

/// An indicator's outputs with one set of parameters.
#[derive(Debug)]
pub struct Set<'a> {
    /// The set's place in the grid.
    pub index: usize,
    /// The parameters that the grid gives.
    pub args: Args,
    /// The outputs, in the order of the spec.
    pub outputs: Vec<&'a [f64]>,
}

/// Sets that a thread steps together.
const TOGETHER: usize = 8;

/// Computes an indicator with every set of a grid, on all processors, and hands the sets over in their order, some at a
/// time: as many as `memory` bytes of outputs hold, but at least one. It ends early when it is told to
/// [break](ControlFlow::Break).
///
/// Fails, before anything is computed, when a parameter is not valid, and when columns are missing or differ in length.
///
/// ```
/// use std::ops::ControlFlow;
/// use atra::{parallel, registry, sweep::Grid};
///
/// let close: Vec<f64> = (0..1000).map(|bar| 100.0 + (bar % 17) as f64).collect();
/// let grid = Grid::parse(["period=5..100:5"])?;
/// let (mut done, mut highest) = (0, f64::NAN);
/// parallel::sweep(registry::find("rsi")?, &grid, &[&close], 1 << 26, |sets| {
///     for set in sets {
///         highest = set.outputs[0].iter().copied().fold(highest, |a, b| if b > a || a.is_nan() { b } else { a });
///     }
///     done += sets.len(); // of grid.len()
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(done, 20);
/// # Ok::<(), atra::Error>(())
/// ```
pub fn sweep(
    entry: &Entry,
    grid: &Grid,
    inputs: &[&[f64]],
    memory: usize,
    mut each: impl FnMut(&[Set<'_>]) -> ControlFlow<()>,
) -> Result<()> {
    for (name, values) in grid.axes() {
        for value in values {
            entry.build(&Args::new().with(name, value.clone()))?;
        }
    }
    let rows = inputs.first().map_or(0, |column| column.len());
    let outputs = entry.spec().outputs.len();
    let most = (memory / (rows * outputs * size_of::<f64>()).max(1)).max(1);
    // Whole groups for all threads, where there is room for that.
    let even = TOGETHER * threads();
    let most = if most > even { most - most % even } else { most }.min(grid.len());
    let mut columns = vec![vec![f64::NAN; rows]; most * outputs];
    let mut begin = 0;
    while begin < grid.len() {
        let end = grid.len().min(begin + most);
        let sets: Vec<Args> = (begin..end).filter_map(|index| grid.get(index)).collect();
        let share = TOGETHER.min(sets.len().div_ceil(threads()));
        let shares = sets.chunks(share).zip(columns.chunks_mut(share * outputs)).collect();
        let results = map(shares, |(sets, columns): (&[Args], &mut [Vec<f64>])| {
            let columns = columns.chunks_mut(outputs).take(sets.len());
            let mut places: Vec<Vec<&mut [f64]>> =
                columns.map(|columns| columns.iter_mut().map(Vec::as_mut_slice).collect()).collect();
            entry.sweep(sets, inputs, &mut places)
        });
        results.into_iter().collect::<Result<()>>()?;
        let done = sets.into_iter().zip(columns.chunks(outputs)).enumerate();
        let done: Vec<Set<'_>> = done
            .map(|(at, (args, columns))| Set {
                index: begin + at,
                args,
                outputs: columns.iter().map(Vec::as_slice).collect(),
            })
            .collect();
        if each(&done).is_break() {
            return Ok(());
        }
        begin = end;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use atra_core::registry;

    fn close() -> Vec<f64> {
        (0..500).map(|bar| 100.0 + f64::from(bar * 7919 % 37)).collect()
    }

    #[test]
    fn every_set_has_the_bits_it_has_alone_whatever_the_memory() {
        let (close, entry) = (close(), registry::find("bbands").unwrap());
        let grid = Grid::parse(["period=5..35:3", "up=1,2,3"]).unwrap();
        for memory in [0, 500 * 8 * 3 * 20, usize::MAX] {
            let (mut next, mut most) = (0, 0);
            sweep(entry, &grid, &[&close], memory, |sets| {
                most = most.max(sets.len());
                for set in sets {
                    assert_eq!((set.index, Some(&set.args)), (next, grid.get(next).as_ref()));
                    next += 1;
                    let alone = entry.build(&set.args).unwrap().compute_columns(&[&close]).unwrap();
                    for (swept, alone) in set.outputs.iter().copied().flatten().zip(alone.iter().flatten()) {
                        assert!(swept.to_bits() == alone.to_bits() || swept.is_nan() && alone.is_nan());
                    }
                }
                ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(next, 33);
            assert_eq!(most, if memory == 0 { 1 } else { most });
        }
    }

    #[test]
    fn a_sweep_ends_when_told_and_checks_first() {
        let (close, entry) = (close(), registry::find("sma").unwrap());
        let mut calls = 0;
        sweep(entry, &Grid::parse(["period=2..50"]).unwrap(), &[&close], 0, |_| {
            calls += 1;
            if calls == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
        assert_eq!(calls, 3);
        let never = |_: &[Set<'_>]| unreachable!();
        for words in [["period=0..5"], ["perod=5"]] {
            assert!(sweep(entry, &Grid::parse(words).unwrap(), &[&close], 1 << 20, never).is_err());
        }
        assert!(sweep(entry, &Grid::parse(["period=5"]).unwrap(), &[], 1 << 20, never).is_err());
    }
}
