//! Stops that only move towards the price, and lines that bars are projected along.

use super::{Recent, Weighted, Window};
use crate::num;

crate::state! {
    /// A stop on either side of a line: each moves only towards it until the line crosses it.
    pub(crate) struct Ratchet {
        /// Below and above the line.
        stops: Option<[f64; 2]>,
        falling: bool,
    }
}

impl Ratchet {
    /// Begins rising.
    pub(crate) fn new() -> Self {
        Self { stops: None, falling: false }
    }

    /// Takes the next value of the line and the distance of the stops; the stop that counts, and whether the line
    /// rises.
    #[inline]
    pub(crate) fn update(&mut self, line: f64, distance: f64) -> (f64, bool) {
        let (mut below, mut above) = (line - distance, line + distance);
        if let Some([below_before, above_before]) = self.stops {
            if line > below_before {
                below = num::max(below, below_before);
            }
            if line < above_before {
                above = num::min(above, above_before);
            }
            self.falling = if self.falling { line <= above_before } else { line < below_before };
        }
        self.stops = Some([below, above]);
        (if self.falling { above } else { below }, !self.falling)
    }
}

crate::state! {
    /// Values of a window, each carried along the window's least-squares slope to the newest bar.
    pub(crate) struct Projected {
        period: usize,
        past: Recent,
        window: Window<Weighted>,
    }
}

impl Projected {
    pub(crate) fn new(period: usize) -> Self {
        Self { period, past: Recent::new(period), window: Window::new(period) }
    }

    /// Takes the next value; the projections folded into one by `pick`. A pass over the window.
    #[inline]
    pub(crate) fn update(&mut self, x: f64, pick: impl Fn(f64, f64) -> f64) -> Option<f64> {
        self.past.push(x);
        let (slope, _) = self.window.push(x)?.line(self.period);
        let ages = (0..self.period).rev();
        let projected = self.past.values().iter().zip(ages).map(|(value, age)| value + slope * age as f64);
        Some(projected.fold(x, pick))
    }
}
