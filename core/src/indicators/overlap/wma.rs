//! Weighted moving average.

use crate::kernels::{LinearMean, Weighted, Window, windows};
use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of the last `period` values, weighted linearly: 1 for the oldest up to `period` for the newest.
    ///
    /// # Formula
    ///
    /// `wma[i] = (period · x[i] + (period-1) · x[i-1] + … + 1 · x[i-period+1]) / (period · (period+1) / 2)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Wma::new(3)?.compute([&[6.0, 12.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 8.0); // (3·6 + 2·12 + 1·6) / 6
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 9. TA-Lib `WMA`.
    pub struct Wma("wma", "Weighted Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [wma: Line]
    talib WMA(period: timeperiod)
}

impl Indicator for Wma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = WmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> WmaState {
        WmaState { period: self.period, window: Window::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        windows(self.period, inputs, outputs, LinearMean(self.period));
    }
}

crate::state! {
    /// State of [`Wma`].
    pub struct WmaState {
        period: usize,
        window: Window<Weighted>,
    }
}

impl Update for WmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    const RUNS: bool = true;
    const GAPS_SHOW: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.push(x).map(|window| [window.weighted_mean(self.period)])
    }

    fn run(&mut self, [x]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.window.run([x], [out], LinearMean(self.period));
    }
}
