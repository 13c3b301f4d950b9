//! Entropy.

use std::f64::consts::LN_2;

use crate::kernels::{Total, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Shannon's entropy of the last `period` values taken as shares of their sum, in bits: highest when all are equal.
    ///
    /// # Formula
    ///
    /// `entropy = -Σ p · log2(p)`, `p = x / Σ x`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Values of 0 and below count as 0. `log2(period)`, to rounding, on a flat series; 0 where the sum is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Entropy::new(2)?.compute([&[3.0, 3.0]], [&mut out])?;
    /// assert!((out[1] - 1.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Shannon, "A Mathematical Theory of Communication", 1948; as in pandas-ta.
    pub struct Entropy("entropy", "Entropy", Statistics) {
        /// Window in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [entropy: Line]
}

impl Indicator for Entropy {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = EntropyState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> EntropyState {
        EntropyState { sum: Window::new(self.period), logs: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Entropy`].
    pub struct EntropyState {
        sum: Window<Total>,
        logs: Window<Total>,
    }
}

impl Update for EntropyState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let x = num::max(x, 0.0);
        let logs = self.logs.push(if x > 0.0 { x * num::ln(x) } else { 0.0 });
        let (sum, logs) = (self.sum.push(x)?.fold.0, logs?.fold.0);
        Some([if sum > 0.0 { (num::ln(sum) - logs / sum) / LN_2 } else { 0.0 }])
    }
}
