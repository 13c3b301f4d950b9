//! Williams VIX Fix.

use crate::kernels::{Highest, Window, percent_change};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the low is below the highest close of the last `period` bars, in per cent: high at market bottoms, as
    /// the VIX is.
    ///
    /// # Formula
    ///
    /// `wvf = 100 · (highest close - low) / highest close`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where the highest close is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Wvf::new(2)?.compute([&[3.0, 1.0], &[4.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1], 75.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "The VIX Fix", Active Trader, 2007.
    pub struct Wvf("wvf", "Williams VIX Fix", Volatility) {
        /// Window in bars.
        period: usize = 22, 1..=100_000;
    }
    inputs [Low, Close]
    outputs pane [wvf: Histogram]
}

impl Indicator for Wvf {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = WvfState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> WvfState {
        WvfState { highest: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Wvf`].
    pub struct WvfState {
        highest: Window<Highest>,
    }
}

impl Update for WvfState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [low, close]: [f64; 2]) -> Option<[f64; 1]> {
        let highest = self.highest.push(close)?.fold.0;
        Some([-percent_change(highest, low)])
    }
}
