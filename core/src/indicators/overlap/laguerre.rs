//! Laguerre Filter.

use crate::kernels;
use crate::{Indicator, Update};

crate::indicator! {
    /// A four-bar average in warped time: the larger `gamma`, the further it looks back, at no cost in bars.
    ///
    /// # Formula
    ///
    /// With `p = (high + low) / 2`: `l0 = (1 - gamma) · p + gamma · l0'`, `l1 = -gamma · l0 + l0' + gamma · l1'`, `l2`
    /// and `l3` likewise of the one before, where `'` marks the previous bar; `laguerre = (l0 + 2 · l1 + 2 · l2 + l3) /
    /// 6`
    ///
    /// # Warm-up
    ///
    /// None: the filter begins as if the first price had always stood there.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 2.0, 3.0, 6.0];
    /// let mut out = [0.0; 4];
    /// Laguerre::new(0.0)?.compute([&price, &price], [&mut out])?;
    /// assert!((out[3] - 17.0 / 6.0).abs() < 1e-12); // (6 + 2 · 3 + 2 · 2 + 1) / 6
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Time Warp - Without Space Travel", 2002.
    pub struct Laguerre("laguerre", "Laguerre Filter", Overlap) {
        /// Damping: 0 is a plain average of four bars.
        gamma: f64 = 0.8, 0.0..=0.99;
    }
    inputs [High, Low]
    outputs overlay [laguerre: Line]
}

impl Indicator for Laguerre {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = LaguerreState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> LaguerreState {
        LaguerreState { stages: kernels::Laguerre::new(self.gamma) }
    }
}

crate::state! {
    /// State of [`Laguerre`].
    pub struct LaguerreState {
        stages: kernels::Laguerre,
    }
}

impl Update for LaguerreState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let [l0, l1, l2, l3] = self.stages.update(0.5 * (high + low));
        Some([l0 + (2.0 * (l1 - l0) + 2.0 * (l2 - l0) + (l3 - l0)) / 6.0])
    }
}
