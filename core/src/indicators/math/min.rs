//! Lowest Value.

use crate::kernels::{Bottom, Lowest, Window, windows};
use crate::{Indicator, Update};

crate::indicator! {
    /// The lowest of the last `period` values.
    ///
    /// # Formula
    ///
    /// `min[i] = min(x[i-period+1] … x[i])`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Min;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Min::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1..], [1.0, 2.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MIN`.
    pub struct Min("min", "Lowest Value", Math) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [min: Line]
    talib MIN(period: timeperiod)
}

impl Indicator for Min {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MinState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MinState {
        MinState { window: Window::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        windows(self.period, inputs, outputs, Bottom());
    }
}

crate::state! {
    /// State of [`Min`].
    pub struct MinState {
        window: Window<Lowest>,
    }
}

impl Update for MinState {
    type In = [f64; 1];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.push(x).map(|window| [window.fold.0])
    }

    fn run(&mut self, [x]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.window.run([x], [out], Bottom());
    }
}
