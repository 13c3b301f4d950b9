//! Price Zone Oscillator.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// The share of the averaged price that came on rising bars less that on falling ones, -100 to 100.
    ///
    /// # Formula
    ///
    /// `pzo = 100 · ema(± x, period) / ema(x, period)`, `+` on a bar that rises, `-` on one that falls
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A bar that closes unchanged counts as 0; 0 where the average is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Pzo::new(2)?.compute([&[1.0, 3.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0); // 3 and -1 of 3 and 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Khalil and Steckler, "In the Price Zone", Technical Analysis of Stocks & Commodities 29:6, 2011.
    pub struct Pzo("pzo", "Price Zone Oscillator", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [Close]
    outputs pane [pzo: Line]
}

impl Indicator for Pzo {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PzoState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> PzoState {
        PzoState { before: None, values: Smoothed::exponential(self.period) }
    }
}

crate::state! {
    /// State of [`Pzo`].
    pub struct PzoState {
        /// The previous value.
        before: Option<f64>,
        /// With the sign of the move, and as they are.
        values: Smoothed<2>,
    }
}

impl Update for PzoState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let before = self.before.replace(x)?;
        let falls = if x < before { -x } else { 0.0 };
        let [signed, plain] = self.values.update_each([if x > before { x } else { falls }, x])?;
        Some([if plain == 0.0 { 0.0 } else { 100.0 * (signed / plain) }])
    }
}
