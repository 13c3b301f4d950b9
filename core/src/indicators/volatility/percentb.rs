//! Bollinger %b.

use crate::kernels::{Deviations, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Where the price stands in its Bollinger bands: 0 at the lower, 1 at the upper, outside of them beyond.
    ///
    /// # Formula
    ///
    /// `percentb = (x - lower) / (upper - lower)`, the bands as in `bbands` with a simple average
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0.5 where the bands are equal, as on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Percentb::new(2, 1.0)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Bollinger, "Bollinger on Bollinger Bands", 2001. As TradingView.
    pub struct Percentb("percentb", "Bollinger %b", Volatility) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
        /// Standard deviations from the middle to a band.
        multiplier: f64 = 2.0, 0.01..=3e37;
    }
    inputs [Close]
    outputs pane [percentb: Line]
}

impl Indicator for Percentb {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PercentbState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> PercentbState {
        PercentbState { multiplier: self.multiplier, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Percentb`].
    pub struct PercentbState {
        multiplier: f64,
        window: Window<Deviations>,
    }
}

impl Update for PercentbState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (mean, deviation) = self.window.push(x)?.mean_and_deviation();
        let width = 2.0 * self.multiplier * deviation;
        Some([if width > 0.0 { 0.5 + (x - mean) / width } else { 0.5 }])
    }
}
