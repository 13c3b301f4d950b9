//! Three-Pole Super Smoother.

use crate::kernels::LowPass;
use crate::{Indicator, Update};

crate::indicator! {
    /// Ehlers' smoother with three poles: steeper than `ssf`, with more lag.
    ///
    /// # Formula
    ///
    /// `a = exp(-π / period)`, `b = 2 · a · cos(√3 · π / period)`, `c = a²`; `ssf3[i] = (1 - b + c) · (1 - c) · x +
    /// (b + c) · ssf3[i-1] - (c + b · c) · ssf3[i-2] + c² · ssf3[i-3]`
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
    /// // Alternation between two prices is taken out.
    /// let mut out = [0.0; 400];
    /// let price: Vec<f64> = (0..400).map(|bar| f64::from(10 + bar % 2)).collect();
    /// Ssf3::new(20)?.compute([&price], [&mut out])?;
    /// assert!((out[399] - 10.5).abs() < 0.01);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cybernetic Analysis for Stocks and Futures", 2004, ch. 13.
    pub struct Ssf3("ssf3", "Three-Pole Super Smoother", Overlap) {
        /// Shortest cycle that passes, in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [ssf3: Line]
}

impl Indicator for Ssf3 {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = Ssf3State;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> Ssf3State {
        Ssf3State { filter: LowPass::three_poles(self.period as f64) }
    }
}

crate::state! {
    /// State of [`Ssf3`].
    pub struct Ssf3State {
        filter: LowPass,
    }
}

impl Update for Ssf3State {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.filter.update(x)])
    }
}
