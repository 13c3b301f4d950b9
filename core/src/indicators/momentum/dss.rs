//! Double Smoothed Stochastic.

use crate::kernels::{Range, Smoothed};
use crate::{Indicator, Update};

crate::indicator! {
    /// Bressert's: a smoothed stochastic of a smoothed stochastic, 0 to 100.
    ///
    /// # Formula
    ///
    /// `once = ema(place(close), smooth)`, where `place` is 0 at the low and 100 at the high of the last `period` bars;
    /// `dss = ema(place(once), smooth)`, within the range of `once`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · (period + smooth) - 4`.
    ///
    /// # Edge cases
    ///
    /// A stochastic without range counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [3.0, 1.0, 2.0];
    /// let mut out = [0.0; 3];
    /// Dss::new(2, 1)?.compute([&price, &price, &price], [&mut out])?;
    /// assert_eq!(out[2], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Bressert, "The Power of Oscillator/Cycle Combinations", 1991; Blau, "Momentum, Direction, and Divergence", 1995.
    pub struct Dss("dss", "Double Smoothed Stochastic", Momentum) {
        /// Window of the stochastics in bars.
        period: usize = 10, 1..=100_000;
        /// Smoothing in bars.
        smooth: usize = 9, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [dss: Line]
}

impl Indicator for Dss {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = DssState;

    fn lookback(&self) -> usize {
        2 * (self.period + self.smooth) - 4
    }

    fn state(&self) -> DssState {
        DssState {
            ranges: [Range::new(self.period), Range::new(self.period)],
            smooth: [Smoothed::exponential(self.smooth), Smoothed::exponential(self.smooth)],
        }
    }
}

crate::state! {
    /// State of [`Dss`].
    pub struct DssState {
        ranges: [Range; 2],
        smooth: [Smoothed; 2],
    }
}

impl Update for DssState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let [bars, values] = &mut self.ranges;
        let [first, second] = &mut self.smooth;
        let once = first.update(bars.place(high, low, close)?)?;
        let twice = second.update(values.place(once, once, once)?)?;
        Some([twice])
    }
}
