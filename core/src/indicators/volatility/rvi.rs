//! Relative Volatility Index.

use crate::kernels::RelativeVolatility;
use crate::{Indicator, Update};

crate::indicator! {
    /// An RSI of standard deviations: the share of volatility that falls on rising bars, 0 to 100.
    ///
    /// # Formula
    ///
    /// `σ = stddev(x, deviation)`; it counts as up on a bar that rises, as down on one that falls; both are averaged by
    /// Wilder over `period`; `rvi = 100 · up / (up + down)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `deviation + period - 2`.
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
    /// Rvi::new(2, 2)?.compute([&[1.0, 2.0, 3.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[3], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Dorsey, "The Relative Volatility Index", Technical Analysis of Stocks & Commodities 11:6, 1993. TA-Lib `RVI`.
    pub struct Rvi("rvi", "Relative Volatility Index", Volatility) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
        /// Window of the standard deviation in bars.
        deviation: usize = 10, 2..=100_000;
    }
    inputs [Close]
    outputs pane [rvi: Line]
    talib RVI(period: timeperiod, deviation: stddevperiod)
}

impl Indicator for Rvi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RviState;

    fn lookback(&self) -> usize {
        self.deviation + self.period - 2
    }

    fn state(&self) -> RviState {
        RviState { volatility: RelativeVolatility::new(self.period, self.deviation) }
    }
}

crate::state! {
    /// State of [`Rvi`].
    pub struct RviState {
        volatility: RelativeVolatility,
    }
}

impl Update for RviState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.volatility.update(x).map(|value| [value])
    }
}
