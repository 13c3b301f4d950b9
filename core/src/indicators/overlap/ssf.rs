//! Super Smoother.

use crate::kernels::SuperSmoother;
use crate::{Indicator, Update};

crate::indicator! {
    /// Ehlers' smoother: two poles over the mean of two bars. It takes out what is faster than `period` with the least
    /// lag a smooth filter has.
    ///
    /// # Formula
    ///
    /// `a = exp(-√2 · π / period)`, `c2 = 2 · a · cos(√2 · π / period)`, `c3 = -a²`, `c1 = 1 - c2 - c3`; `ssf[i] = c1 ·
    /// (x[i] + x[i-1]) / 2 + c2 · ssf[i-1] + c3 · ssf[i-2]`
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
    /// Ssf::new(10)?.compute([&price], [&mut out])?;
    /// assert!((out[399] - 10.5).abs() < 0.01);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cycle Analytics for Traders", 2013, ch. 3. His earlier form (2004), which pandas-ta's `ssf` follows,
    /// takes the price instead of the mean of two.
    pub struct Ssf("ssf", "Super Smoother", Overlap) {
        /// Shortest cycle that passes, in bars.
        period: usize = 10, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [ssf: Line]
}

impl Indicator for Ssf {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SsfState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> SsfState {
        SsfState { filter: SuperSmoother::new(self.period as f64) }
    }
}

crate::state! {
    /// State of [`Ssf`].
    pub struct SsfState {
        filter: SuperSmoother,
    }
}

impl Update for SsfState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.filter.update(x)])
    }
}
