//! Linear Regression.

use crate::kernels::{LineEnd, Weighted, Window, windows};
use crate::{Indicator, Update};

crate::indicator! {
    /// Where the least-squares line through the last `period` values stands at the newest bar.
    ///
    /// # Formula
    ///
    /// Least-squares line through the last `period` values, bars numbered `0 … period-1`.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A flat window gives exactly a level line.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Linearreg::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kaufman, "Trading Systems and Methods", 2013, ch. 6. TA-Lib `LINEARREG`.
    pub struct Linearreg("linearreg", "Linear Regression", Statistics) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [linearreg: Line]
    talib LINEARREG(period: timeperiod)
}

impl Indicator for Linearreg {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LinearregState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> LinearregState {
        LinearregState { period: self.period, window: Window::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        windows(self.period, inputs, outputs, LineEnd(self.period));
    }
}

crate::state! {
    /// State of [`Linearreg`].
    pub struct LinearregState {
        period: usize,
        window: Window<Weighted>,
    }
}

impl Update for LinearregState {
    type In = [f64; 1];
    type Out = [f64; 1];

    /// Not in browsers: few look at it, and all would download it.
    const RUNS: bool = cfg!(not(target_family = "wasm"));
    const GAPS_SHOW: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (_, end) = self.window.push(x)?.line(self.period);
        Some([end])
    }

    fn run(&mut self, [x]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.window.run([x], [out], LineEnd(self.period));
    }
}
