//! Linear Regression Standard Error.

use crate::kernels::{Deviations, Weighted, Window, explained};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The typical distance of the last `period` values from their least-squares line.
    ///
    /// # Formula
    ///
    /// `linearreg_stderr = √(Σ (x - line)² / (period - 2))`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a straight window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// LinearregStderr::new(3)?.compute([&[0.0, 3.0, 0.0]], [&mut out])?;
    /// assert!((out[2] - 6.0_f64.sqrt()).abs() < 1e-12); // 1, 2 and 1 from the line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kenney and Keeping, "Mathematics of Statistics", 1951 (standard error of estimate).
    pub struct LinearregStderr("linearreg_stderr", "Linear Regression Standard Error", Statistics) {
        /// Window in bars.
        period: usize = 14, 3..=100_000;
    }
    inputs [Close]
    outputs pane [linearreg_stderr: Line]
}

impl Indicator for LinearregStderr {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LinearregStderrState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> LinearregStderrState {
        LinearregStderrState {
            period: self.period,
            line: Window::new(self.period),
            spread: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`LinearregStderr`].
    pub struct LinearregStderrState {
        period: usize,
        line: Window<Weighted>,
        spread: Window<Deviations>,
    }
}

impl Update for LinearregStderrState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (line, spread) = (self.line.push(x), self.spread.push(x));
        let [explained, total] = explained(line?, spread?, self.period);
        Some([num::sqrt(num::max(total - explained, 0.0) / (self.period as f64 - 2.0))])
    }
}
