//! Beta.

use crate::kernels::{Pairs, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How strongly the second column's returns move with the first's over the last `period` bars. High and low unless
    /// others are named.
    ///
    /// # Formula
    ///
    /// With returns `r = x[i] / x[i-1] - 1` of both columns: `beta = cov(r_x, r_y) / var(r_x)` over `period` returns
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 when the first column's returns are flat. A return from a price of 0 counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Beta::new(2)?.compute([&[1.0, 2.0, 3.0], &[1.0, 3.0, 6.0]], [&mut out])?;
    /// assert!((out[2] - 2.0).abs() < 1e-12); // returns 1, 0.5 and 2, 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Sharpe, "Capital Asset Prices", 1964. TA-Lib `BETA`.
    pub struct Beta("beta", "Beta", Statistics) {
        /// Window in returns.
        period: usize = 5, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [beta: Line]
    talib BETA(period: timeperiod)
}

impl Indicator for Beta {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = BetaState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> BetaState {
        BetaState { period: self.period, before: None, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Beta`].
    pub struct BetaState {
        period: usize,
        /// Both values of the previous bar.
        before: Option<[f64; 2]>,
        window: Window<Pairs>,
    }
}

impl Update for BetaState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        let [before_x, before_y] = self.before.replace([x, y])?;
        let change = |before: f64, now: f64| if before == 0.0 { 0.0 } else { (now - before) / before };
        let window = self.window.push([change(before_x, x), change(before_y, y)])?;
        let ([spread, _], both) = window.covariance(self.period);
        Some([if spread > 0.0 { both / spread } else { 0.0 }])
    }
}
