//! Projection Bands.

use crate::kernels::Projected;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The highest high and lowest low of the window, carried along its slope to the newest bar: no price lies outside
    /// of them.
    ///
    /// # Formula
    ///
    /// Highs are carried to the newest bar along the least-squares slope of the window's highs, lows along that of its
    /// lows: `upper` = highest of `high[i-k] + k · slope(high)`, `lower` = lowest of `low[i-k] + k · slope(low)` for
    /// `k = 0 … period - 1`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value. Each bar costs a pass over the window, since every slope orders the
    /// projections anew.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut lower] = [[0.0; 2]; 2];
    /// Projection::new(2)?.compute([&[3.0, 4.0], &[1.0, 2.0]], [&mut upper, &mut lower])?;
    /// assert_eq!((upper[1], lower[1]), (4.0, 2.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Widner, "Signaling Change with Projection Bands", Technical Analysis of Stocks & Commodities 13:7, 1995.
    pub struct Projection("projection", "Projection Bands", Overlap) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low]
    outputs overlay [upper: Upper, lower: Lower]
}

impl Indicator for Projection {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = ProjectionState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> ProjectionState {
        ProjectionState { highs: Projected::new(self.period), lows: Projected::new(self.period) }
    }
}

crate::state! {
    /// State of [`Projection`].
    pub struct ProjectionState {
        highs: Projected,
        lows: Projected,
    }
}

impl Update for ProjectionState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let (upper, lower) = (self.highs.update(high, num::max), self.lows.update(low, num::min));
        Some([upper?, lower?])
    }
}
