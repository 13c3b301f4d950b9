//! Holt-Winters Moving Average.

use crate::kernels::HoltWinters;
use crate::{Indicator, Update};

crate::indicator! {
    /// Level, velocity and acceleration of the price, each smoothed; the average is where they say the price goes next.
    ///
    /// # Formula
    ///
    /// `f = (1 - level) · (f' + v' + a' / 2) + level · x`, `v = (1 - velocity) · (v' + a') + velocity · (f - f')`, `a =
    /// (1 - acceleration) · a' + acceleration · (v - v')`, where `'` marks the bar before; `hwma = f + v + a / 2`, from
    /// `f = x[0]`, `v = a = 0`
    ///
    /// # Warm-up
    ///
    /// None: the first value is the first price.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value. Where `level` is small beside the other two rates the recursion swings
    /// ever wider.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Hwma::new(0.5, 0.0, 0.0)?.compute([&[1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out, [1.0, 1.5]); // without velocity an exponential average
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Holt, 1957, and Winters, "Forecasting Sales by Exponentially Weighted Moving Averages", Management Science 6,
    /// 1960; in this form on MetaTrader and in pandas-ta `hwma`.
    pub struct Hwma("hwma", "Holt-Winters Moving Average", Overlap) {
        /// Rate of the level.
        level: f64 = 0.2, 0.0..=1.0;
        /// Rate of the velocity.
        velocity: f64 = 0.1, 0.0..=1.0;
        /// Rate of the acceleration.
        acceleration: f64 = 0.1, 0.0..=1.0;
    }
    inputs [Close]
    outputs overlay [hwma: Line]
    undefined "where rates that do not settle have let it grow beyond all numbers"
}

impl Indicator for Hwma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HwmaState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> HwmaState {
        HwmaState { filter: HoltWinters::new([self.level, self.velocity, self.acceleration]) }
    }
}

crate::state! {
    /// State of [`Hwma`].
    pub struct HwmaState {
        filter: HoltWinters,
    }
}

impl Update for HwmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.filter.update(x)])
    }
}
