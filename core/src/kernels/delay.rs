//! Values of earlier bars.

use crate::slots::Slots;
use crate::stored::{Misfit, Reader, Stored};

/// Gives back each value `bars` bars later.
#[derive(Clone, Debug)]
pub(crate) struct Delay {
    values: Slots<f64>,
    at: usize,
    full: bool,
}

impl Delay {
    #[inline(never)] // once an indicator: nothing to gain
    pub(crate) fn new(bars: usize) -> Self {
        Self { values: Slots::new(0.0, bars), at: 0, full: bars == 0 }
    }

    /// Takes the next value; the one of `bars` bars ago, once there is one.
    #[inline]
    pub(crate) fn push(&mut self, value: f64) -> Option<f64> {
        let Some(&old) = self.values.get(self.at) else { return Some(value) };
        self.values.set(self.at, value);
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

    /// The last values, newest first.
    #[inline]
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = f64> + Clone {
        let (older, newer) = self.runs();
        newer.iter().rev().chain(older.iter().rev()).copied()
    }
}

impl Stored for Delay {
    fn save(&self, to: &mut Vec<u8>) {
        self.values.save(to);
        self.at.save(to);
        self.full.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.values.load(from)?;
        self.at.load(from)?;
        self.full.load(from)?;
        if self.at < self.values.len().max(1) { Ok(()) } else { Err(Misfit) }
    }

    #[inline]
    fn sync(&mut self, other: &mut Self) {
        self.values.sync(&mut other.values);
        (self.at, self.full) = (other.at, other.full);
    }
}
