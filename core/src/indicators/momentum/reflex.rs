//! Reflex.

use crate::kernels::Flex;
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the smoothed price has bent away from the straight line over its last `period` bars, in units of its own
    /// size: it turns with the cycle, with no lag.
    ///
    /// # Formula
    ///
    /// With `f = ssf(x, period / 2)` (see `ssf`): `sum = mean(f[i] + k · slope - f[i-k])` for `k = 1 … period`,
    /// `slope = (f[i-period] - f[i]) / period`, `m[i] = 0.04 · sum² + 0.96 · m[i-1]`; `reflex = sum / √m`
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
    /// Reflex::new(4)?.compute([&[1.0, 1.0, 1.0, 1.0, 1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[4], 0.0);
    /// assert!((out[5] - 5.0).abs() < 1e-12); // 1 / √0.04: the first of its size
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Reflex: A New Zero-Lag Indicator", Technical Analysis of Stocks & Commodities 38:2, 2020.
    pub struct Reflex("reflex", "Reflex", Momentum) {
        /// Assumed cycle in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs pane [reflex: Line]
}

impl Indicator for Reflex {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ReflexState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> ReflexState {
        ReflexState { period: self.period, flex: Flex::new(self.period) }
    }
}

crate::state! {
    /// State of [`Reflex`].
    pub struct ReflexState {
        period: usize,
        flex: Flex,
    }
}

impl Update for ReflexState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [now, past, mean] = self.flex.update(x)?;
        let slope = (past - now) / self.period as f64;
        let sum = (now - mean) + slope * (0.5 * (self.period as f64 + 1.0));
        Some([self.flex.scaled(sum)])
    }
}
