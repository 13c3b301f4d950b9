//! Two averages of one series.

use super::Average;
use crate::args::MaType;

crate::state! {
    /// A fast and a slow moving average side by side.
    pub(crate) struct Difference {
        fast: Average,
        slow: Average,
    }
}

/// The two averages of a bar.
pub(crate) struct Pair {
    fast: f64,
    slow: f64,
}

impl Pair {
    /// How far the fast one is above the slow one.
    #[inline]
    pub(crate) fn gap(&self) -> f64 {
        self.fast - self.slow
    }

    /// The same in per cent of the slow one; 0 where that is 0.
    #[inline]
    pub(crate) fn percent(&self) -> f64 {
        if self.slow == 0.0 { 0.0 } else { self.gap() / self.slow * 100.0 }
    }
}

impl Difference {
    /// Of these two lengths, whichever is given first.
    pub(crate) fn new(kind: MaType, fast: usize, slow: usize) -> Self {
        Self { fast: Average::new(kind, fast.min(slow)), slow: Average::new(kind, fast.max(slow)) }
    }

    pub(crate) fn lookback(kind: MaType, fast: usize, slow: usize) -> usize {
        Average::lookback(kind, fast.max(slow))
    }

    /// Takes the next value; both averages, once the slow one has begun.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<Pair> {
        let (fast, slow) = (self.fast.update(x), self.slow.update(x));
        Some(Pair { fast: fast?, slow: slow? })
    }
}
