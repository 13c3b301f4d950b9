//! A sliding window kept in order.

use super::Recent;
use crate::num;

/// The last `period` values in ascending order. Each value costs a search and a move of what lies between its place
/// and that of the one it replaces.
#[derive(Clone, Debug)]
pub(crate) struct Sorted {
    past: Recent,
    values: Vec<f64>,
}
crate::stored!(Sorted { past, values });

impl Sorted {
    pub(crate) fn new(period: usize) -> Self {
        Self { past: Recent::new(period), values: Vec::with_capacity(period + 1) }
    }

    /// Takes the next value; the window in order, once it is full.
    pub(crate) fn push(&mut self, value: f64, period: usize) -> Option<&[f64]> {
        if let Some(old) = self.past.push(value) {
            let at = self.values.partition_point(|kept| *kept < old);
            if at < self.values.len() {
                self.values.remove(at);
            }
        }
        let at = self.values.partition_point(|kept| *kept <= value);
        self.values.insert(at, value);
        (self.values.len() >= period.max(1)).then_some(self.values.as_slice())
    }

    /// The rank of each value, newest first, as a distance from the mean rank; equal values share a mean.
    pub(crate) fn ranks(&self) -> impl Iterator<Item = f64> {
        self.past.newest_first().map(|value| {
            let below = self.values.partition_point(|kept| *kept < value);
            let above = self.values.len() - self.values.partition_point(|kept| *kept <= value);
            0.5 * (below as f64 - above as f64)
        })
    }
}

/// The middle of ascending values, or the mean of the two middle ones.
pub(crate) fn middle(sorted: &[f64]) -> f64 {
    let at = |index: usize| sorted.get(index).copied().unwrap_or(0.0);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { at(half) } else { 0.5 * (at(half.saturating_sub(1)) + at(half)) }
}

/// The correlation of ranks, given as distances from their means; 0 where one side has no order.
pub(crate) fn rank_correlation(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let sums = pairs.fold([0.0; 3], |[xx, yy, xy], (x, y)| [xx + x * x, yy + y * y, xy + x * y]);
    let [xx, yy, xy] = sums;
    let scale = num::sqrt(xx * yy);
    if scale > 0.0 { xy / scale } else { 0.0 }
}
