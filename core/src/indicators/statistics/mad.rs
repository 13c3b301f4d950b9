//! Median Absolute Deviation.

use crate::kernels::{Sorted, middle};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The median distance of the last `period` values from their median: a spread that outliers do not move.
    ///
    /// # Formula
    ///
    /// `mad = median(|x - median(x)|)` over the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 when more than half of the values are equal. Each bar costs a search and a move within the sorted window.
    /// (`avgdev` is the mean distance from the mean.)
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 5];
    /// Mad::new(5)?.compute([&[1.0, 2.0, 3.0, 5.0, 99.0]], [&mut out])?;
    /// assert_eq!(out[4], 2.0); // distances 2, 1, 0, 2 and 96
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hampel, "The Influence Curve and its Role in Robust Estimation", 1974.
    pub struct Mad("mad", "Median Absolute Deviation", Statistics) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [mad: Line]
}

impl Indicator for Mad {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MadState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MadState {
        MadState { period: self.period, window: Sorted::new(self.period) }
    }
}

crate::state! {
    /// State of [`Mad`].
    pub struct MadState {
        period: usize,
        window: Sorted,
    }
}

/// The distance of the `count`-th nearest of these ascending values from `middle`.
///
/// The nearest values stand side by side: their run is found by halving.
fn nearest(sorted: &[f64], middle: f64, count: usize) -> f64 {
    let at = |index: usize| sorted.get(index).copied().unwrap_or(middle);
    let (mut first, mut last) = (0, sorted.len().saturating_sub(count));
    while first < last {
        let start = first + (last - first) / 2;
        if middle - at(start) > at(start + count) - middle {
            first = start + 1;
        } else {
            last = start;
        }
    }
    num::max(middle - at(first), at((first + count).saturating_sub(1)) - middle)
}

impl Update for MadState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let sorted = self.window.push(x, self.period)?;
        let (middle, count) = (middle(sorted), sorted.len());
        let below = nearest(sorted, middle, count.div_ceil(2));
        Some([0.5 * (below + nearest(sorted, middle, count / 2 + 1))])
    }
}
