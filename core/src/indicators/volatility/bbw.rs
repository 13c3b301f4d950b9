//! Bollinger Bandwidth.

use crate::kernels::{Deviations, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far apart the Bollinger bands are, in per cent of their middle: small before large moves.
    ///
    /// # Formula
    ///
    /// `bbw = 100 · (upper - lower) / middle`, the bands as in `bbands` with a simple average
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat series, and where the middle is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Bbw::new(2, 1.0)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Bollinger, "Bollinger on Bollinger Bands", 2001. In per cent as TradingView and pandas-ta; Bollinger gives the
    /// fraction.
    pub struct Bbw("bbw", "Bollinger Bandwidth", Volatility) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
        /// Standard deviations from the middle to a band.
        multiplier: f64 = 2.0, 0.01..=3e37;
    }
    inputs [Close]
    outputs pane [bbw: Line]
}

impl Indicator for Bbw {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = BbwState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> BbwState {
        BbwState { multiplier: self.multiplier, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Bbw`].
    pub struct BbwState {
        multiplier: f64,
        window: Window<Deviations>,
    }
}

impl Update for BbwState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (mean, deviation) = self.window.push(x)?.mean_and_deviation();
        let width = 2.0 * self.multiplier * deviation;
        Some([if mean == 0.0 { 0.0 } else { 100.0 * width / mean }])
    }
}
