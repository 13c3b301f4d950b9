//! Williams' Variable Accumulation/Distribution.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Volume counted by the share of the bar's range that lies between open and close, summed over the last bars.
    ///
    /// # Formula
    ///
    /// `wvad = Σ volume · (close - open) / (high - low)` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A bar without range counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Wvad::new(2)?.compute([&[1.0, 2.0], &[3.0, 2.0], &[1.0, 0.0], &[2.0, 1.0], &[8.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1], 3.0); // 4 less 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "The Secret of Selecting Stocks for Immediate and Substantial Gains", 1972.
    pub struct Wvad("wvad", "Williams' Variable Accumulation/Distribution", Volume) {
        /// Window in bars.
        period: usize = 24, 1..=100_000;
    }
    inputs [Open, High, Low, Close, Volume]
    outputs pane [wvad: Line]
}

impl Indicator for Wvad {
    type In = [f64; 5];
    type Out = [f64; 1];
    type State = WvadState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> WvadState {
        WvadState { flows: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Wvad`].
    pub struct WvadState {
        flows: Window<Total>,
    }
}

impl Update for WvadState {
    type In = [f64; 5];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, high, low, close, volume]: [f64; 5]) -> Option<[f64; 1]> {
        let range = high - low;
        let flow = if range > 0.0 { volume * ((close - open) / range) } else { 0.0 };
        self.flows.push(flow).map(|flows| [flows.fold.0])
    }
}
