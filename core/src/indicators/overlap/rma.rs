//! Wilder's Moving Average.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// Wilder's smoothing: an exponential average that moves `1 / period` of the way to each new value.
    ///
    /// # Formula
    ///
    /// Seed: the mean of the first `period` values. Then `rma[i] = rma[i-1] + (x[i] - rma[i-1]) / period`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. Equal to `ema` of `2 · period - 1`, but for the seed. A flat series gives exactly
    /// its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Rma::new(2)?.compute([&[1.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[1..], [2.0, 4.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978. TA-Lib `RMA`.
    pub struct Rma("rma", "Wilder's Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [rma: Line]
    talib RMA(period: timeperiod)
}

impl Indicator for Rma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> RmaState {
        RmaState { average: Smoothed::wilder(self.period) }
    }
}

crate::state! {
    /// State of [`Rma`].
    pub struct RmaState {
        average: Smoothed,
    }
}

impl Update for RmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
