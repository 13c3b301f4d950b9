//! Projection Oscillator.

use crate::kernels::{Projected, Range};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Where the close stands in its projection bands, 0 to 100: a stochastic oscillator that the trend does not carry
    /// to an edge.
    ///
    /// # Formula
    ///
    /// `projection_osc = 100 · (close - lower) / (upper - lower)`, the bands as in `projection`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 50 where the bands are equal, as on a flat series. Each bar costs a pass over the window, since every slope
    /// orders the projections anew.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// ProjectionOsc::new(2)?.compute([&[3.0, 4.0], &[1.0, 2.0], &[2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Widner, "Signaling Change with Projection Bands", Technical Analysis of Stocks & Commodities 13:7, 1995.
    pub struct ProjectionOsc("projection_osc", "Projection Oscillator", Momentum) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [projection_osc: Line]
}

impl Indicator for ProjectionOsc {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = ProjectionOscState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> ProjectionOscState {
        ProjectionOscState { highs: Projected::new(self.period), lows: Projected::new(self.period) }
    }
}

crate::state! {
    /// State of [`ProjectionOsc`].
    pub struct ProjectionOscState {
        highs: Projected,
        lows: Projected,
    }
}

impl Update for ProjectionOscState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let (upper, lower) = (self.highs.update(high, num::max), self.lows.update(low, num::min));
        let (upper, lower) = (upper?, lower?);
        let flat = Range::is_flat(upper, lower);
        Some([if flat { 50.0 } else { 100.0 * (close - lower) / (upper - lower) }])
    }
}
