//! Beta on Rising Bars.

use crate::kernels::{RisingPairs, Window, percent_change};
use crate::{Indicator, Update};

crate::indicator! {
    /// How strongly the second column's returns move with the first's on bars on which the first rises. High and low
    /// unless others are named.
    ///
    /// # Formula
    ///
    /// As `beta`, over those of the last `period` returns of which the first column's is above 0
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
    /// BetaUp::new(3)?.compute([&[4.0, 8.0, 12.0, 6.0], &[1.0, 3.0, 6.0, 1.0]], [&mut out])?;
    /// assert!((out[3] - 2.0).abs() < 1e-9); // returns 1, 0.5 and 2, 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ang, Chen and Xing, "Downside Risk", Review of Financial Studies 19:4, 2006.
    pub struct BetaUp("beta_up", "Beta on Rising Bars", Statistics) {
        /// Window in returns.
        period: usize = 60, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [beta_up: Line]
}

impl Indicator for BetaUp {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = BetaUpState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> BetaUpState {
        BetaUpState { before: None, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`BetaUp`].
    pub struct BetaUpState {
        /// Both values of the previous bar.
        before: Option<[f64; 2]>,
        window: Window<RisingPairs>,
    }
}

impl Update for BetaUpState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        let [before_x, before_y] = self.before.replace([x, y])?;
        let returns = [percent_change(before_x, x), percent_change(before_y, y)];
        Some([self.window.push(returns)?.fold.slope()])
    }
}
