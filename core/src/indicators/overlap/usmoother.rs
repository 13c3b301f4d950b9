//! Ultimate Smoother.

use crate::kernels::UltimateSmoother;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price less its high-pass filter of two poles: as smooth as `ssf` against noise, with no lag for slow cycles.
    ///
    /// # Formula
    ///
    /// `a = exp(-√2 · π / period)`, `c2 = 2 · a · cos(√2 · π / period)`, `c3 = -a²`, `c1 = (1 + c2 - c3) / 4`; `y[i] =
    /// (1 - c1) · x[i] + (2 · c1 - c2) · x[i-1] - (c1 + c3) · x[i-2] + c2 · y[i-1] + c3 · y[i-2]`
    ///
    /// # Warm-up
    ///
    /// None: the filter begins as if the first price had always stood there, and has forgotten it after about two
    /// periods.
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
    /// let mut out = [0.0; 3];
    /// Usmoother::new(20)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [7.0; 3]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "The Ultimate Smoother", Technical Analysis of Stocks & Commodities 42:4, 2024.
    pub struct Usmoother("usmoother", "Ultimate Smoother", Overlap) {
        /// Shortest cycle that passes, in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [usmoother: Line]
}

impl Indicator for Usmoother {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = UsmootherState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> UsmootherState {
        UsmootherState { filter: UltimateSmoother::new(self.period) }
    }
}

crate::state! {
    /// State of [`Usmoother`].
    pub struct UsmootherState {
        filter: UltimateSmoother,
    }
}

impl Update for UsmootherState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.filter.update(x)])
    }
}
