//! Inertia.

use crate::kernels::{RelativeVolatility, Weighted, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The relative volatility index, smoothed by a least-squares line: above 50 the trend is up and keeps its way.
    ///
    /// # Formula
    ///
    /// The end of the least-squares line through the last `period` values of `rvi(rvi, deviation)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `deviation + rvi + period - 3`.
    ///
    /// # Edge cases
    ///
    /// 50 when nothing has moved.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Inertia::new(2, 2, 2)?.compute([&[1.0, 2.0, 3.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[3], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Dorsey, "Inertia", Technical Analysis of Stocks & Commodities 13:9, 1995.
    pub struct Inertia("inertia", "Inertia", Momentum) {
        /// Window of the line in bars.
        period: usize = 20, 2..=100_000;
        /// Averaging length of the relative volatility index in bars.
        rvi: usize = 14, 1..=100_000;
        /// Window of the standard deviation in bars.
        deviation: usize = 10, 2..=100_000;
    }
    inputs [Close]
    outputs pane [inertia: Line]
}

impl Indicator for Inertia {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = InertiaState;

    fn lookback(&self) -> usize {
        self.deviation + self.rvi + self.period - 3
    }

    fn state(&self) -> InertiaState {
        InertiaState {
            period: self.period,
            volatility: RelativeVolatility::new(self.rvi, self.deviation),
            line: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Inertia`].
    pub struct InertiaState {
        period: usize,
        volatility: RelativeVolatility,
        line: Window<Weighted>,
    }
}

impl Update for InertiaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let volatility = self.volatility.update(x)?;
        let (_, end) = self.line.push(volatility)?.line(self.period);
        Some([end])
    }
}
