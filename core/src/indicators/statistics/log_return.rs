//! Log Return.

use crate::kernels::{Delay, log_ratio};
use crate::{Indicator, Update};

crate::indicator! {
    /// The logarithm of the price as a multiple of that `period` bars ago: such returns add up over time.
    ///
    /// # Formula
    ///
    /// `log_return = ln(x[i] / x[i-period])`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A ratio of prices that are not both positive counts as 1; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// LogReturn::new(1)?.compute([&[1.0, 2.0]], [&mut out])?;
    /// assert!((out[1] - 2.0_f64.ln()).abs() < 1e-15);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hull, "Options, Futures, and Other Derivatives", 2018, ch. 15.
    pub struct LogReturn("log_return", "Log Return", Statistics) {
        /// Distance in bars.
        period: usize = 1, 1..=100_000;
    }
    inputs [Close]
    outputs pane [log_return: Line]
}

impl Indicator for LogReturn {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LogReturnState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> LogReturnState {
        LogReturnState { past: Delay::new(self.period) }
    }
}

crate::state! {
    /// State of [`LogReturn`].
    pub struct LogReturnState {
        past: Delay,
    }
}

impl Update for LogReturnState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        Some([log_ratio(x, past)])
    }
}
