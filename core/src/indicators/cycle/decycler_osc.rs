//! Decycler Oscillator.

use crate::kernels::TwoPoleHighPass;
use crate::{Indicator, Update};

crate::indicator! {
    /// The difference of two high-pass filters: what moves more slowly than `fast` and faster than `slow`. It turns
    /// early, since neither lags much.
    ///
    /// # Formula
    ///
    /// `decycler_osc = highpass(x, slow) - highpass(x, fast)`, see `highpass`
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
    /// DecyclerOsc::new(30, 60)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [0.0; 3]); // nothing moves
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Decyclers", Technical Analysis of Stocks & Commodities 33:9, 2015.
    pub struct DecyclerOsc("decycler_osc", "Decycler Oscillator", Cycle) {
        /// Period of the faster filter in bars.
        fast: usize = 30, 3..=100_000;
        /// Period of the slower filter in bars.
        slow: usize = 60, 3..=100_000;
    }
    inputs [Close]
    outputs pane [decycler_osc: Line]
}

impl Indicator for DecyclerOsc {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DecyclerOscState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> DecyclerOscState {
        DecyclerOscState { fast: TwoPoleHighPass::new(self.fast), slow: TwoPoleHighPass::new(self.slow) }
    }
}

crate::state! {
    /// State of [`DecyclerOsc`].
    pub struct DecyclerOscState {
        fast: TwoPoleHighPass,
        slow: TwoPoleHighPass,
    }
}

impl Update for DecyclerOscState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.slow.update(x) - self.fast.update(x)])
    }
}
