//! Simple Decycler.

use crate::kernels::HighPass;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price less all cycles shorter than `period`: a trend line with almost no lag.
    ///
    /// # Formula
    ///
    /// `α = (cos(2π / period) + sin(2π / period) - 1) / cos(2π / period)`; `decycler[i] = α / 2 · (x[i] + x[i-1]) +
    /// (1 - α) · decycler[i-1]`, which is the price less its high-pass filter of one pole
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
    /// Decycler::new(125)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [7.0; 3]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Decyclers", Technical Analysis of Stocks & Commodities 33:9, 2015.
    pub struct Decycler("decycler", "Simple Decycler", Overlap) {
        /// Longest cycle that is taken out, in bars.
        period: usize = 125, 3..=100_000;
    }
    inputs [Close]
    outputs overlay [decycler: Line]
}

impl Indicator for Decycler {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DecyclerState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> DecyclerState {
        DecyclerState { cycles: HighPass::new(self.period) }
    }
}

crate::state! {
    /// State of [`Decycler`].
    pub struct DecyclerState {
        cycles: HighPass,
    }
}

impl Update for DecyclerState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([x - self.cycles.update(x)])
    }
}
