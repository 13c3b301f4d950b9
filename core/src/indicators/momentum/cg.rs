//! Center of Gravity Oscillator.

use crate::kernels::{Weighted, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Where in the window the weight of the prices lies, in bars from its middle towards the newest: it moves with the
    /// price and has almost no lag. The trigger is its value one bar ago.
    ///
    /// # Formula
    ///
    /// With `p = (high + low) / 2`: `cg[i] = -Σ (k + 1) · p[i-k] / Σ p[i-k] + (period + 1) / 2` for `k = 0 … period -
    /// 1`; `trigger[i] = cg[i-1]`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series, and where the prices' sum is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut cg, mut trigger] = [[0.0; 3]; 2];
    /// let price = [1.0, 1.0, 3.0];
    /// Cg::new(2)?.compute([&price, &price], [&mut cg, &mut trigger])?;
    /// assert_eq!((cg[2], trigger[2]), (0.25, 0.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cybernetic Analysis for Stocks and Futures", 2004, ch. 5; pandas-ta leaves out the constant.
    pub struct Cg("cg", "Center of Gravity Oscillator", Momentum) {
        /// Window in bars.
        period: usize = 10, 2..=100_000;
    }
    inputs [High, Low]
    outputs pane [cg: Line, trigger: Line]
}

impl Indicator for Cg {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = CgState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> CgState {
        CgState { period: self.period, window: Window::new(self.period), before: None }
    }
}

crate::state! {
    /// State of [`Cg`].
    pub struct CgState {
        period: usize,
        window: Window<Weighted>,
        before: Option<f64>,
    }
}

impl Update for CgState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let window = self.window.push(0.5 * (high + low))?;
        let sum = window.mean() * self.period as f64;
        let value = if sum == 0.0 { 0.0 } else { window.moment(self.period) / sum };
        self.before.replace(value).map(|before| [value, before])
    }
}
