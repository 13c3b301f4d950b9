//! Standard Deviation.

use crate::kernels::{Deviation, Deviations, Window, windows};
use crate::{Indicator, Update};

crate::indicator! {
    /// The population standard deviation of the last `period` values, times a factor.
    ///
    /// # Formula
    ///
    /// `stddev[i] = deviations · √(Σ (x[k] - mean)² / period)` over the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat window. Accurate for large values close together and for tiny ones.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Stddev::new(2, 3.0)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `STDDEV`.
    pub struct Stddev("stddev", "Standard Deviation", Statistics) {
        /// Window in bars.
        period: usize = 5, 2..=100_000;
        /// Factor.
        deviations: f64 = 1.0, -3e37..=3e37;
    }
    inputs [Close]
    outputs pane [stddev: Line]
    talib STDDEV(period: timeperiod, deviations: nbdev)
}

impl Indicator for Stddev {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = StddevState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> StddevState {
        StddevState { deviations: self.deviations, window: Window::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        windows(self.period, inputs, outputs, Deviation(self.deviations));
    }
}

crate::state! {
    /// State of [`Stddev`].
    pub struct StddevState {
        deviations: f64,
        window: Window<Deviations>,
    }
}

impl Update for StddevState {
    type In = [f64; 1];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (_, deviation) = self.window.push(x)?.mean_and_deviation();
        Some([deviation * self.deviations])
    }

    fn run(&mut self, [x]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.window.run([x], [out], Deviation(self.deviations));
    }
}
