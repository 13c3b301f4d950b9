//! Polarized Fractal Efficiency.

use crate::kernels::{Delay, Smoothed, Total, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How straight the price's path is, signed by its direction, -100 to 100.
    ///
    /// # Formula
    ///
    /// With `change = x[i] - x[i-period]`: `pfe = ema(± 100 · √(change² + period²) / Σ √((x[j] - x[j-1])² + 1),
    /// smooth)` over `period` bars, with the sign of `change`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + smooth - 1`.
    ///
    /// # Edge cases
    ///
    /// A bar counts as 0 where the price is what it was `period` bars ago. Depends on the scale of the price: a bar
    /// counts as one unit of it.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Pfe::new(1, 1)?.compute([&[1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hannula, "Polarized Fractal Efficiency", Technical Analysis of Stocks & Commodities 12:1, 1994.
    pub struct Pfe("pfe", "Polarized Fractal Efficiency", Momentum) {
        /// Window in changes.
        period: usize = 10, 1..=100_000;
        /// Smoothing in bars.
        smooth: usize = 5, 1..=100_000;
    }
    inputs [Close]
    outputs pane [pfe: Line]
}

impl Indicator for Pfe {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PfeState;

    fn lookback(&self) -> usize {
        self.period + self.smooth - 1
    }

    fn state(&self) -> PfeState {
        PfeState {
            period: self.period as f64,
            before: None,
            past: Delay::new(self.period),
            path: Window::new(self.period),
            smooth: Smoothed::exponential(self.smooth),
        }
    }
}

crate::state! {
    /// State of [`Pfe`].
    pub struct PfeState {
        period: f64,
        /// The previous value.
        before: Option<f64>,
        past: Delay,
        path: Window<Total>,
        smooth: Smoothed,
    }
}

impl Update for PfeState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x);
        let step = x - self.before.replace(x)?;
        let path = self.path.push(num::sqrt(step * step + 1.0))?.fold.0;
        let change = x - past?;
        let straight = 100.0 * (num::sqrt(change * change + self.period * self.period) / path);
        let efficiency = if change > 0.0 {
            straight
        } else if change < 0.0 {
            -straight
        } else {
            0.0
        };
        self.smooth.update(efficiency).map(|value| [value])
    }
}
