//! Rolling Median.

use crate::kernels::{Sorted, middle};
use crate::{Indicator, Update};

crate::indicator! {
    /// The middle of the last `period` values in order: an average that outliers do not move.
    ///
    /// # Formula
    ///
    /// The middle value of the window in ascending order, or the mean of the two middle ones
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Each bar costs a search and a move within the sorted window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Median::new(4)?.compute([&[9.0, 1.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[3], 2.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Tukey, "Exploratory Data Analysis", 1977. `percentile` gives the lower of the two middle ones.
    pub struct Median("median", "Rolling Median", Statistics) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [median: Line]
}

impl Indicator for Median {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MedianState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MedianState {
        MedianState { period: self.period, window: Sorted::new(self.period) }
    }
}

crate::state! {
    /// State of [`Median`].
    pub struct MedianState {
        period: usize,
        window: Sorted,
    }
}

impl Update for MedianState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let sorted = self.window.push(x, self.period)?;
        Some([middle(sorted)])
    }
}
