//! Aroon.

use crate::kernels::{AroonWindow, Places, windows};
use crate::{Indicator, Update};

crate::indicator! {
    /// How long ago the lowest low and the highest high of the window were: 100 now, 0 at its far end.
    ///
    /// # Formula
    ///
    /// `up = 100 · (period - bars since the highest high) / period`, `down` likewise of the lowest low, over `period +
    /// 1` bars
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`.
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
    /// let [mut down, mut up] = [[0.0; 3]; 2];
    /// Aroon::new(2)?.compute([&[1.0, 3.0, 2.0], &[0.0, 2.0, 1.0]], [&mut down, &mut up])?;
    /// assert_eq!((down[2], up[2]), (0.0, 50.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande, "The New Technical Trader", 1994. TA-Lib `AROON`.
    pub struct Aroon("aroon", "Aroon", Momentum) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low]
    outputs pane [down: Line, up: Line]
    talib AROON(period: timeperiod)
}

impl Indicator for Aroon {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = AroonState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> AroonState {
        AroonState { aroon: AroonWindow::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 2]) {
        windows(self.period + 1, inputs, outputs, Places(self.period));
    }
}

crate::state! {
    /// State of [`Aroon`].
    pub struct AroonState {
        aroon: AroonWindow,
    }
}

impl Update for AroonState {
    type In = [f64; 2];
    type Out = [f64; 2];

    /// Not in browsers: few look at it, and all would download it.
    const RUNS: bool = cfg!(not(target_family = "wasm"));

    #[inline(always)]
    fn update(&mut self, bar: [f64; 2]) -> Option<[f64; 2]> {
        self.aroon.update(bar)
    }

    fn run(&mut self, bars: [&[f64]; 2], outputs: [&mut [f64]; 2]) {
        self.aroon.run(bars, outputs);
    }
}
