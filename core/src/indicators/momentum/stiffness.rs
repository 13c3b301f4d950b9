//! Stiffness.

use crate::kernels::{Deviations, Smoothed, Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How steadily the price has been above its average, less a part of its deviation: 0 to 100.
    ///
    /// # Formula
    ///
    /// `ema(100 · share, smooth)`, `share` of the last `window` bars with `x > sma(x, period) - deviations · stddev(x,
    /// period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + window + smooth - 3`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat series with `deviations` of 0 and more.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Stiffness::new(2, 0.2, 1, 1)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Katsanos, "The Stiffness Indicator", Technical Analysis of Stocks & Commodities 36:11, 2018.
    pub struct Stiffness("stiffness", "Stiffness", Momentum) {
        /// Window of the average in bars.
        period: usize = 100, 2..=100_000;
        /// Standard deviations below the average that still count.
        deviations: f64 = 0.2, 0.0..=1e6;
        /// Window of the share in bars.
        window: usize = 60, 1..=100_000;
        /// Smoothing in bars.
        smooth: usize = 3, 1..=100_000;
    }
    inputs [Close]
    outputs pane [stiffness: Line]
}

impl Indicator for Stiffness {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = StiffnessState;

    fn lookback(&self) -> usize {
        self.period + self.window + self.smooth - 3
    }

    fn state(&self) -> StiffnessState {
        StiffnessState {
            deviations: self.deviations,
            scale: 100.0 / self.window as f64,
            spread: Window::new(self.period),
            above: Window::new(self.window),
            smooth: Smoothed::exponential(self.smooth),
        }
    }
}

crate::state! {
    /// State of [`Stiffness`].
    pub struct StiffnessState {
        deviations: f64,
        scale: f64,
        spread: Window<Deviations>,
        above: Window<Total>,
        smooth: Smoothed,
    }
}

impl Update for StiffnessState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (mean, deviation) = self.spread.push(x)?.mean_and_deviation();
        let floor = mean - self.deviations * deviation;
        let above = self.above.push(if x > floor { 1.0 } else { 0.0 })?.fold.0;
        self.smooth.update(self.scale * above).map(|value| [value])
    }
}
