//! Ulcer Index.

use crate::kernels::{Highest, Total, Window, percent_change};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How deep and how long the price has been under its recent high: the quadratic mean of its falls from there, in
    /// per cent.
    ///
    /// # Formula
    ///
    /// `fall = 100 · (x - highest) / highest`, `highest` of the last `period` values; `ui = √(Σ fall² / period)` over
    /// `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · (period - 1)`.
    ///
    /// # Edge cases
    ///
    /// A fall from a price of 0 or below counts as 0; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Ui::new(2)?.compute([&[1.0, 2.0, 1.0]], [&mut out])?;
    /// assert!((out[2] - 1250.0_f64.sqrt()).abs() < 1e-12); // falls 0 and -50
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Martin and McCann, "The Investor's Guide to Fidelity Funds", 1989. Stock.Indicators compares with the highest
    /// since the window began.
    pub struct Ui("ui", "Ulcer Index", Volatility) {
        /// Window in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [Close]
    outputs pane [ui: Line]
}

impl Indicator for Ui {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = UiState;

    fn lookback(&self) -> usize {
        2 * (self.period - 1)
    }

    fn state(&self) -> UiState {
        UiState { period: self.period, highest: Window::new(self.period), falls: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Ui`].
    pub struct UiState {
        period: usize,
        highest: Window<Highest>,
        falls: Window<Total>,
    }
}

impl Update for UiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let highest = self.highest.push(x)?.fold.0;
        let fall = if highest > 0.0 { percent_change(highest, x) } else { 0.0 };
        let falls = self.falls.push(fall * fall)?.fold.0;
        Some([num::sqrt(falls / self.period as f64)])
    }
}
