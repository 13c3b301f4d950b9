//! Values of earlier bars.

use crate::ring::Ring;
use crate::stored::{Misfit, Reader, Stored};

/// Gives back each value `bars` bars later.
#[derive(Clone, Debug)]
pub(crate) struct Delay {
    past: Ring<f64>,
    full: bool,
}

impl Delay {
    #[inline(never)] // once an indicator: nothing to gain
    pub(crate) fn new(bars: usize) -> Self {
        Self { past: Ring::new(0.0, bars), full: bars == 0 }
    }

    /// Takes the next value; the one of `bars` bars ago, once there is one.
    #[inline]
    pub(crate) fn push(&mut self, value: f64) -> Option<f64> {
        let Some(&old) = self.past.values().get(self.past.at()) else { return Some(value) };
        let was_full = self.full;
        self.full |= self.past.push(value);
        was_full.then_some(old)
    }

    /// The last values, oldest first, as two runs.
    #[inline]
    pub(crate) fn runs(&self) -> (&[f64], &[f64]) {
        let values = self.past.values();
        let (newer, older) = values.split_at(self.past.at().min(values.len()));
        (older, newer)
    }

    /// The last values, newest first.
    #[inline]
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = f64> + Clone {
        let (older, newer) = self.runs();
        newer.iter().rev().chain(older.iter().rev()).copied()
    }
}

impl Stored for Delay {
    fn save(&self, to: &mut Vec<u8>) {
        self.past.save(to);
        self.full.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.past.load(from)?;
        self.full.load(from)
    }

    #[cfg_attr(target_family = "wasm", inline(never))] // one is downloaded
    #[cfg_attr(not(target_family = "wasm"), inline)]
    fn sync(&mut self, other: &mut Self) {
        if self.past.sync(&mut other.past) {
            self.full = other.full;
        }
    }
}
