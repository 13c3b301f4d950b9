//! Band-Pass Filter.

use crate::kernels::BandPass;
use crate::{Indicator, Update};

crate::indicator! {
    /// The cycle of about `period` bars in the price, without trend and noise.
    ///
    /// # Formula
    ///
    /// `β = cos(2π / period)`, `γ = 1 / cos(2π · bandwidth / period)`, `α = γ - √(γ² - 1)`; `y[i] = (1 - α) / 2 ·
    /// (x[i] - x[i-2]) + β · (1 + α) · y[i-1] - α · y[i-2]`
    ///
    /// # Warm-up
    ///
    /// None: the filter begins as if the first price had always stood there; the narrower the band, the longer it
    /// swings in.
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
    /// Bandpass::new(20, 0.3)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [0.0; 3]); // nothing moves
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cycle Analytics for Traders", 2013, ch. 5; first in Ehlers and Way, "Empirical Mode Decomposition",
    /// Technical Analysis of Stocks & Commodities 28:4, 2010, where `bandwidth` is twice `delta`.
    pub struct Bandpass("bandpass", "Band-Pass Filter", Cycle) {
        /// Middle of the band, a cycle in bars.
        period: usize = 20, 3..=100_000;
        /// Width of the band as a share of the period.
        bandwidth: f64 = 0.3, 0.01..=0.7;
    }
    inputs [Close]
    outputs pane [bandpass: Line]
}

impl Indicator for Bandpass {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = BandpassState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> BandpassState {
        BandpassState { filter: BandPass::new(self.period, self.bandwidth) }
    }
}

crate::state! {
    /// State of [`Bandpass`].
    pub struct BandpassState {
        filter: BandPass,
    }
}

impl Update for BandpassState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.filter.update(x)])
    }
}
