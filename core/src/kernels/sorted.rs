//! A sliding window kept in order.

use super::Delay;

/// The last `period` values in ascending order. Each value costs a search and a move of what lies between its place
/// and that of the one it replaces.
#[derive(Debug)]
pub(crate) struct Sorted {
    past: Delay,
    values: Vec<f64>,
}
crate::stored!(Sorted { past, values });

impl Sorted {
    pub(crate) fn new(period: usize) -> Self {
        Self { past: Delay::new(period), values: Vec::with_capacity(period + 1) }
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
}

// By hand, so that `clone_from` reuses the buffers.
impl Clone for Sorted {
    fn clone(&self) -> Self {
        let mut values = Vec::with_capacity(self.values.capacity());
        values.extend_from_slice(&self.values);
        Self { past: self.past.clone(), values }
    }

    #[inline]
    fn clone_from(&mut self, source: &Self) {
        self.past.clone_from(&source.past);
        self.values.clone_from(&source.values);
    }
}
