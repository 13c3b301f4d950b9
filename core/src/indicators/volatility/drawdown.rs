//! Drawdown.

use crate::kernels::percent_change;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How far the price is below its highest so far, in per cent: 0 at a new high, otherwise negative.
    ///
    /// # Formula
    ///
    /// `drawdown = 100 · (x - highest) / highest`, `highest` of all values so far
    ///
    /// # Warm-up
    ///
    /// None. Depends on where the series begins.
    ///
    /// # Edge cases
    ///
    /// 0 while the highest price is not above 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Drawdown::default().compute([&[1.0, 2.0, 1.5]], [&mut out])?;
    /// assert_eq!(out, [0.0, 0.0, -25.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Magdon-Ismail and Atiya, "Maximum Drawdown", Risk 17:10, 2004. pandas-ta gives it as a positive fraction.
    pub struct Drawdown("drawdown", "Drawdown", Volatility) {}
    inputs [Close]
    outputs pane [drawdown: Line]
}

impl Indicator for Drawdown {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DrawdownState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> DrawdownState {
        DrawdownState { highest: 0.0 }
    }
}

crate::state! {
    /// State of [`Drawdown`].
    pub struct DrawdownState {
        highest: f64,
    }
}

impl Update for DrawdownState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.highest = num::max(x, self.highest);
        Some([if self.highest > 0.0 { percent_change(self.highest, x) } else { 0.0 }])
    }
}
