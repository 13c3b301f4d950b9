//! Chande Trend Score.

use crate::kernels::Recent;
use crate::{Indicator, Update};

crate::indicator! {
    /// How many of a stretch of earlier prices the price is above, less how many it is below: -10 to 10 by default.
    ///
    /// # Formula
    ///
    /// `trendscore = Σ sign(x[i] - x[i-k])` over `k` from `near` to `far`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `far`.
    ///
    /// # Edge cases
    ///
    /// An equal price counts as 0 (Chande counts it as below the price). `near` and `far` change places when `near` is
    /// the longer. Each bar costs a walk over the stretch, for the price itself moves.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Trendscore::new(1, 3)?.compute([&[1.0, 5.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[3], 1.0); // above 2 and 1, below 5
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande, "Rating Trend Strength", Technical Analysis of Stocks & Commodities 11:9, 1993.
    pub struct Trendscore("trendscore", "Chande Trend Score", Momentum) {
        /// Nearest bar compared with, in bars ago.
        near: usize = 11, 1..=100_000;
        /// Farthest bar compared with, in bars ago.
        far: usize = 20, 1..=100_000;
    }
    inputs [Close]
    outputs pane [trendscore: Line]
}

impl Indicator for Trendscore {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TrendscoreState;

    fn lookback(&self) -> usize {
        self.near.max(self.far)
    }

    fn state(&self) -> TrendscoreState {
        let (near, far) = (self.near.min(self.far), self.near.max(self.far));
        TrendscoreState { skip: near - 1, past: Recent::new(far) }
    }
}

crate::state! {
    /// State of [`Trendscore`].
    pub struct TrendscoreState {
        /// Bars before the stretch.
        skip: usize,
        past: Recent,
    }
}

impl Update for TrendscoreState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let side = |past: f64| {
            if x > past {
                1.0
            } else if x < past {
                -1.0
            } else {
                0.0
            }
        };
        let score: f64 = self.past.newest_first().skip(self.skip).map(side).sum();
        self.past.push(x).map(|_| [score])
    }
}
