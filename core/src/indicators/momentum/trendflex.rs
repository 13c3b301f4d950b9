//! Trendflex.

use crate::kernels::Flex;
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the smoothed price is from its last `period` values, in units of its own size: as `reflex`, with the
    /// trend left in.
    ///
    /// # Formula
    ///
    /// With `f = ssf(x, period / 2)` (see `ssf`): `sum = mean(f[i] - f[i-k])` for `k = 1 … period`, `m[i] = 0.04 ·
    /// sum² + 0.96 · m[i-1]`; `trendflex = sum / √m`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series. The mean square begins at 0, so the first values are large.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [1.0; 6];
    /// Trendflex::new(4)?.compute([&[1.0, 1.0, 1.0, 1.0, 1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[4], 0.0);
    /// assert!((out[5] - 5.0).abs() < 1e-12); // 1 / √0.04: the first of its size
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Reflex: A New Zero-Lag Indicator", Technical Analysis of Stocks & Commodities 38:2, 2020.
    pub struct Trendflex("trendflex", "Trendflex", Momentum) {
        /// Assumed cycle in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs pane [trendflex: Line]
}

impl Indicator for Trendflex {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TrendflexState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> TrendflexState {
        TrendflexState { flex: Flex::new(self.period) }
    }
}

crate::state! {
    /// State of [`Trendflex`].
    pub struct TrendflexState {
        flex: Flex,
    }
}

impl Update for TrendflexState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [now, _, mean] = self.flex.update(x)?;
        let sum = now - mean;
        Some([self.flex.scaled(sum)])
    }
}
