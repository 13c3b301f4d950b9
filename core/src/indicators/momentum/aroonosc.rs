//! Aroon Oscillator.

use crate::kernels::AroonWindow;
use crate::{Indicator, Update};

crate::indicator! {
    /// Aroon up less aroon down, -100 to 100.
    ///
    /// # Formula
    ///
    /// `aroonosc = up - down`, see `aroon`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// Of equal extremes the newest counts.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Aroonosc::new(2)?.compute([&[1.0, 3.0, 2.0], &[0.0, 2.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande, "The New Technical Trader", 1994. TA-Lib `AROONOSC`.
    pub struct Aroonosc("aroonosc", "Aroon Oscillator", Momentum) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low]
    outputs pane [aroonosc: Line]
    talib AROONOSC(period: timeperiod)
}

impl Indicator for Aroonosc {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = AroonoscState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> AroonoscState {
        AroonoscState { aroon: AroonWindow::new(self.period) }
    }
}

crate::state! {
    /// State of [`Aroonosc`].
    pub struct AroonoscState {
        aroon: AroonWindow,
    }
}

impl Update for AroonoscState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 2]) -> Option<[f64; 1]> {
        self.aroon.update(bar).map(|[down, up]| [up - down])
    }
}
