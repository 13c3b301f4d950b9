//! Variance.

use crate::kernels::{Deviations, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The population variance of the last `period` values.
    ///
    /// # Formula
    ///
    /// `var[i] = Σ (x[k] - mean)² / period` over the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat window, never negative.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Var::new(2)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `VAR`.
    pub struct Var("var", "Variance", Statistics) {
        /// Window in bars.
        period: usize = 5, 1..=100_000;
    }
    inputs [Close]
    outputs pane [var: Line]
    talib VAR(period: timeperiod)
}

impl Indicator for Var {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = VarState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> VarState {
        VarState { window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Var`].
    pub struct VarState {
        window: Window<Deviations>,
    }
}

impl Update for VarState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.push(x).map(|window| [window.variance()])
    }
}
