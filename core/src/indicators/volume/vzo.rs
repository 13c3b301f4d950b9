//! Volume Zone Oscillator.

use crate::kernels::{Smoothed, signed_volume};
use crate::{Indicator, Update};

crate::indicator! {
    /// The share of averaged volume that came on rising bars less that on falling ones, -100 to 100.
    ///
    /// # Formula
    ///
    /// `vzo = 100 · ema(± volume, period) / ema(volume, period)`, `+` on a bar that rises, `-` on one that falls
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A bar that closes unchanged counts as 0; 0 where nothing was traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Vzo::new(2)?.compute([&[1.0, 2.0, 1.0], &[9.0, 3.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Khalil and Steckler, "In the Volume Zone", Technical Analysis of Stocks & Commodities 29:5, 2011.
    pub struct Vzo("vzo", "Volume Zone Oscillator", Volume) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [Close, Volume]
    outputs pane [vzo: Line]
}

impl Indicator for Vzo {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = VzoState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> VzoState {
        VzoState { before: None, volumes: Smoothed::exponential(self.period) }
    }
}

crate::state! {
    /// State of [`Vzo`].
    pub struct VzoState {
        /// Close of the previous bar.
        before: Option<f64>,
        /// With the sign of the move, and as they are.
        volumes: Smoothed<2>,
    }
}

impl Update for VzoState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [close, volume]: [f64; 2]) -> Option<[f64; 1]> {
        let before = self.before.replace(close)?;
        let [signed, plain] = self.volumes.update_each([signed_volume(close - before, volume), volume])?;
        Some([if plain > 0.0 { 100.0 * (signed / plain) } else { 0.0 }])
    }
}
