//! Maximum Drawdown.

use crate::kernels::{Fall, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The largest fall from a value to a later one within the last `period` bars, in per cent: 0 or negative.
    ///
    /// # Formula
    ///
    /// `max_drawdown = 100 · min(x[j] / x[i] - 1)` over all `i ≤ j` in the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A fall from a price of 0 or below counts as 0; 0 when nothing has fallen.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// MaxDrawdown::new(3)?.compute([&[4.0, 3.0, 5.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[2..], [-25.0, -20.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Magdon-Ismail and Atiya, "Maximum Drawdown", Risk 17:10, 2004.
    pub struct MaxDrawdown("max_drawdown", "Maximum Drawdown", Volatility) {
        /// Window in bars.
        period: usize = 252, 1..=100_000;
    }
    inputs [Close]
    outputs pane [max_drawdown: Line]
}

impl Indicator for MaxDrawdown {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MaxDrawdownState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MaxDrawdownState {
        MaxDrawdownState { window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`MaxDrawdown`].
    pub struct MaxDrawdownState {
        window: Window<Fall>,
    }
}

impl Update for MaxDrawdownState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let fall = self.window.push(x)?.fold.deepest;
        Some([100.0 * fall])
    }
}
