//! Beta on Falling Bars.

use crate::kernels::{RisingPairs, Window, percent_change};
use crate::{Indicator, Update};

crate::indicator! {
    /// How strongly the second column's returns move with the first's on bars on which the first falls. High and low
    /// unless others are named.
    ///
    /// # Formula
    ///
    /// As `beta`, over those of the last `period` returns of which the first column's is below 0
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 when the first column's returns on such bars do not differ, or fewer than two are such. A return from a price
    /// of 0 counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// BetaDown::new(3)?.compute([&[8.0, 4.0, 3.0, 9.0], &[8.0, 2.0, 1.25, 2.0]], [&mut out])?;
    /// assert!((out[3] - 1.5).abs() < 1e-9); // returns -0.5, -0.25 and -0.75, -0.375
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ang, Chen and Xing, "Downside Risk", Review of Financial Studies 19:4, 2006.
    pub struct BetaDown("beta_down", "Beta on Falling Bars", Statistics) {
        /// Window in returns.
        period: usize = 60, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [beta_down: Line]
}

impl Indicator for BetaDown {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = BetaDownState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> BetaDownState {
        BetaDownState { before: None, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`BetaDown`].
    pub struct BetaDownState {
        /// Both values of the previous bar.
        before: Option<[f64; 2]>,
        window: Window<RisingPairs>,
    }
}

impl Update for BetaDownState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        let [before_x, before_y] = self.before.replace([x, y])?;
        let returns = [-percent_change(before_x, x), -percent_change(before_y, y)];
        Some([self.window.push(returns)?.fold.slope()])
    }
}
