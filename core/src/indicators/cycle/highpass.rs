//! High-Pass Filter.

use crate::kernels::TwoPoleHighPass;
use crate::{Indicator, Update};

crate::indicator! {
    /// Ehlers' high-pass filter of two poles: what of the price is faster than `period`, the trend taken out.
    ///
    /// # Formula
    ///
    /// `α = (cos(φ) + sin(φ) - 1) / cos(φ)` with `φ = 2π / (√2 · period)`; `y[i] = (1 - α / 2)² · (x[i] - 2 · x[i-1] +
    /// x[i-2]) + 2 · (1 - α) · y[i-1] - (1 - α)² · y[i-2]`
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
    /// Highpass::new(48)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [0.0; 3]); // nothing moves
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cycle Analytics for Traders", 2013, ch. 2.
    pub struct Highpass("highpass", "High-Pass Filter", Cycle) {
        /// Longest cycle that passes, in bars.
        period: usize = 48, 3..=100_000;
    }
    inputs [Close]
    outputs pane [highpass: Line]
}

impl Indicator for Highpass {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HighpassState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> HighpassState {
        HighpassState { filter: TwoPoleHighPass::new(self.period) }
    }
}

crate::state! {
    /// State of [`Highpass`].
    pub struct HighpassState {
        filter: TwoPoleHighPass,
    }
}

impl Update for HighpassState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.filter.update(x)])
    }
}
