//! Values of earlier bars.

use serde::{Deserialize, Serialize};

/// Gives back each value `bars` bars later.
#[derive(Debug, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub(crate) struct Delay {
    values: Vec<f64>,
    at: usize,
    full: bool,
}

impl Delay {
    pub(crate) fn new(bars: usize) -> Self {
        Self { values: vec![0.0; bars], at: 0, full: bars == 0 }
    }

    /// Takes the next value; the one of `bars` bars ago, once there is one.
    #[inline]
    pub(crate) fn push(&mut self, value: f64) -> Option<f64> {
        let Some(slot) = self.values.get_mut(self.at) else { return Some(value) };
        let old = std::mem::replace(slot, value);
        let was_full = self.full;
        self.at += 1;
        if self.at == self.values.len() {
            self.at = 0;
            self.full = true;
        }
        was_full.then_some(old)
    }

    /// The last values, oldest first, as two runs.
    #[inline]
    pub(crate) fn runs(&self) -> (&[f64], &[f64]) {
        let (newer, older) = self.values.split_at(self.at.min(self.values.len()));
        (older, newer)
    }
}

// By hand, so that `clone_from` reuses the buffer.
impl Clone for Delay {
    fn clone(&self) -> Self {
        Self { values: self.values.clone(), ..*self }
    }

    #[inline]
    fn clone_from(&mut self, source: &Self) {
        self.values.clone_from(&source.values);
        (self.at, self.full) = (source.at, source.full);
    }
}

/// A delay as read from bytes, before its invariant is checked.
#[derive(Deserialize)]
struct Stored {
    values: Vec<f64>,
    at: usize,
    full: bool,
}

impl TryFrom<Stored> for Delay {
    type Error = &'static str;

    fn try_from(Stored { values, at, full }: Stored) -> Result<Self, Self::Error> {
        if at >= values.len().max(1) {
            return Err("a delay whose parts do not fit together");
        }
        Ok(Self { values, at, full })
    }
}
