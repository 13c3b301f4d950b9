//! Linear Regression R-Squared.

use crate::kernels::{Deviations, Weighted, Window, explained};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The share of the variance of the last `period` values that their least-squares line explains, 0 to 1: how
    /// straight the trend is.
    ///
    /// # Formula
    ///
    /// `linearreg_r2 = slope² · period · (period² - 1) / 12 / Σ (x - mean)²`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// LinearregR2::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande and Kroll, "The New Technical Trader", 1994.
    pub struct LinearregR2("linearreg_r2", "Linear Regression R-Squared", Statistics) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs pane [linearreg_r2: Line]
}

impl Indicator for LinearregR2 {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LinearregR2State;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> LinearregR2State {
        LinearregR2State {
            period: self.period,
            line: Window::new(self.period),
            spread: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`LinearregR2`].
    pub struct LinearregR2State {
        period: usize,
        line: Window<Weighted>,
        spread: Window<Deviations>,
    }
}

impl Update for LinearregR2State {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (line, spread) = (self.line.push(x), self.spread.push(x));
        let [explained, total] = explained(line?, spread?, self.period);
        Some([if total > 0.0 { num::min(explained / total, 1.0) } else { 0.0 }])
    }
}
