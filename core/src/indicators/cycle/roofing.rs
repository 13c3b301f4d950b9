//! Roofing Filter.

use crate::kernels::{SuperSmoother, TwoPoleHighPass};
use crate::{Indicator, Update};

crate::indicator! {
    /// A high-pass filter and a super smoother in a row: the cycles between two lengths, with neither trend nor noise.
    ///
    /// # Formula
    ///
    /// `roofing = ssf(highpass(x, highpass), lowpass)`, see `highpass` and `ssf`
    ///
    /// # Warm-up
    ///
    /// None: the filter begins as if the first price had always stood there, and has forgotten it after about two
    /// periods.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [1.0; 3];
    /// Roofing::new(48, 10)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [0.0; 3]); // nothing moves
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cycle Analytics for Traders", 2013, ch. 7.
    pub struct Roofing("roofing", "Roofing Filter", Cycle) {
        /// Longest cycle that passes, in bars.
        highpass: usize = 48, 3..=100_000;
        /// Shortest cycle that passes, in bars.
        lowpass: usize = 10, 2..=100_000;
    }
    inputs [Close]
    outputs pane [roofing: Line]
}

impl Indicator for Roofing {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RoofingState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> RoofingState {
        RoofingState {
            high: TwoPoleHighPass::new(self.highpass),
            low: SuperSmoother::new(self.lowpass as f64),
        }
    }
}

crate::state! {
    /// State of [`Roofing`].
    pub struct RoofingState {
        high: TwoPoleHighPass,
        low: SuperSmoother,
    }
}

impl Update for RoofingState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let fast = self.high.update(x);
        Some([self.low.update(fast)])
    }
}
