//! Simple moving average.

use crate::kernels::{Mean, Sum, Window, windows};
use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of the last `period` values: the plainest smoothing, every bar in the window counting alike.
    ///
    /// # Formula
    ///
    /// `sma[i] = (x[i] + x[i-1] + … + x[i-period+1]) / period`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A flat series gives exactly its value. The window is summed without
    /// subtracting what leaves it, so error does not grow with length and a spike is gone one window later.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Sma::new(2)?.compute([&[1.0, 3.0, 5.0, 9.0]], [&mut out])?;
    /// assert_eq!(out[1..], [2.0, 4.0, 7.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 9. TA-Lib `SMA`.
    pub struct Sma("sma", "Simple Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [sma: Line]
    talib SMA(period: timeperiod)
}

impl Indicator for Sma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> SmaState {
        SmaState { window: Window::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        windows(self.period, inputs, outputs, Mean());
    }
}

crate::state! {
    /// State of [`Sma`].
    pub struct SmaState {
        window: Window<Sum>,
    }
}

impl Update for SmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    const RUNS: bool = true;
    const GAPS_SHOW: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.push_inlined(x).map(|window| [window.mean()])
    }

    fn run(&mut self, [x]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.window.run([x], [out], Mean());
    }
}
