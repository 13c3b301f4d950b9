//! Sums that fade.
#![allow(clippy::needless_range_loop)] // several lists at one place

use super::faded::{Itself, Recurrence, Recurring, STEP, kept, until_step};
use crate::stored::Fixed;

crate::state! {
    /// Sums of `K` series of which new values first take off a share: `sum · keep + x`.
    ///
    /// Its fields stand as they do in [`Smoothed`](super::Smoothed).
    #[repr(C)]
    pub(crate) struct Decayed<const K: usize = 1> {
        /// Before the step.
        before: [f64; K],
        at: usize,
        /// What the step's values have added to them, each raised as the sums have faded.
        added: [f64; K],
        keep: Fixed<f64>,
        raised: f64,
        rise: Fixed<f64>,
        faded: f64,
    }
}

impl<const K: usize> Decayed<K> {
    pub(crate) fn new(keep: f64) -> Self {
        let (keep, rise) = kept(keep);
        Self {
            before: [0.0; K],
            at: 0,
            added: [0.0; K],
            keep: Fixed(keep),
            raised: 1.0,
            rise: Fixed(rise),
            faded: 1.0,
        }
    }

    /// Adds values and takes nothing off: while the sums are being seeded.
    #[inline(always)]
    pub(crate) fn seed(&mut self, values: [f64; K]) -> [f64; K] {
        for series in 0..K {
            self.before[series] += values[series];
        }
        self.before
    }

    /// Takes the next value of each series; the sums.
    #[inline(always)]
    pub(crate) fn update(&mut self, values: [f64; K]) -> [f64; K] {
        self.raised *= self.rise.0;
        self.faded *= self.keep.0;
        let mut sums = [0.0; K];
        for series in 0..K {
            self.added[series] += values[series] * self.raised;
            sums[series] = self.faded * (self.before[series] + self.added[series]);
        }
        self.at = self.at.saturating_add(1); // whatever a stored state says
        if self.at >= STEP {
            for series in 0..K {
                // Not the sum, which would have to be waited for.
                self.before[series] = self.before[series] * self.faded + self.added[series] * self.faded;
            }
            (self.added, self.raised, self.faded, self.at) = ([0.0; K], 1.0, 1.0, 0);
        }
        sums
    }

    /// How many values it takes until a step begins.
    pub(crate) fn until_step(&self) -> usize {
        until_step(self.at)
    }

    /// The recurrences, if a step begins with the next values.
    #[inline(always)]
    pub(crate) fn stand(&self) -> Option<[Recurrence; K]> {
        let (Fixed(keep), Fixed(rise)) = (self.keep, self.rise);
        let of = |carried| Recurrence { keep, rise, rate: 1.0, base: 0.0, carried };
        (self.at == 0).then_some(self.before.map(of))
    }

    /// Has taken whole steps.
    #[inline(always)]
    pub(crate) fn stepped(&mut self, recurrences: [Recurrence; K]) {
        for (before, recurrence) in self.before.iter_mut().zip(recurrences) {
            *before = recurrence.carried;
        }
    }
}

impl Recurring<false, 1, 1, 1> for Decayed {
    type Averaged = Itself;
    const AVERAGED: Itself = Itself;

    #[inline(always)]
    fn take(&mut self, value: [f64; 1]) -> Option<[f64; 1]> {
        Some(self.update(value))
    }

    fn until_step(&self) -> usize {
        self.until_step()
    }

    #[inline(always)]
    fn stand(&self) -> Option<([Recurrence; 1], [f64; 1])> {
        Some((self.stand()?, [0.0]))
    }

    #[inline(always)]
    fn stepped(&mut self, recurrences: [Recurrence; 1], _: [f64; 1]) {
        self.stepped(recurrences);
    }
}
