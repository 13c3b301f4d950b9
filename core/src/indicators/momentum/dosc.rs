//! Derivative Oscillator.

use crate::kernels::{RelativeStrength, Simple, Twice};
use crate::{Indicator, Update};

crate::indicator! {
    /// A twice smoothed RSI less its own average: turns of momentum as a histogram around 0.
    ///
    /// # Formula
    ///
    /// `smooth = ema(ema(rsi(x, period), first), second)`, `dosc = smooth - sma(smooth, signal)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + first + second + signal - 3`.
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
    /// let mut out = [0.0; 4];
    /// Dosc::new(2, 1, 1, 2)?.compute([&[1.0, 2.0, 1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[3], 12.5); // 75 against the mean of 50 and 75
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Brown, "Technical Analysis for the Trading Professional", 1999.
    pub struct Dosc("dosc", "Derivative Oscillator", Momentum) {
        /// Length of the RSI in bars.
        period: usize = 14, 1..=100_000;
        /// First smoothing in bars.
        first: usize = 5, 1..=100_000;
        /// Second smoothing in bars.
        second: usize = 3, 1..=100_000;
        /// Length of the average that is taken off, in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [Close]
    outputs pane [dosc: Histogram]
}

impl Indicator for Dosc {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DoscState;

    fn lookback(&self) -> usize {
        self.period + self.first + self.second + self.signal - 3
    }

    fn state(&self) -> DoscState {
        DoscState {
            strength: RelativeStrength::new(self.period),
            smooth: Twice::new(self.first, self.second),
            signal: Simple::new(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Dosc`].
    pub struct DoscState {
        strength: RelativeStrength,
        smooth: Twice,
        signal: Simple,
    }
}

impl Update for DoscState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let strength = self.strength.update(x)?;
        let smooth = self.smooth.update(strength)?;
        self.signal.update(smooth).map(|signal| [smooth - signal])
    }
}
