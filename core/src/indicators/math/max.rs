//! Highest Value.

use crate::kernels::{Highest, Top, Window, windows};
use crate::{Indicator, Update};

crate::indicator! {
    /// The highest of the last `period` values.
    ///
    /// # Formula
    ///
    /// `max[i] = max(x[i-period+1] … x[i])`
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
    /// use atra_core::indicators::math::Max;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Max::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1..], [3.0, 3.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MAX`.
    pub struct Max("max", "Highest Value", Math) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [max: Line]
    talib MAX(period: timeperiod)
}

impl Indicator for Max {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MaxState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MaxState {
        MaxState { window: Window::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        windows(self.period, inputs, outputs, Top());
    }
}

crate::state! {
    /// State of [`Max`].
    pub struct MaxState {
        window: Window<Highest>,
    }
}

impl Update for MaxState {
    type In = [f64; 1];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.push(x).map(|window| [window.fold.0])
    }

    fn run(&mut self, [x]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.window.run([x], [out], Top());
    }
}
