//! Schaff Trend Cycle.

use crate::kernels::{Difference, Range};
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// A MACD put twice through a smoothed stochastic: 0 to 100, quick to turn with the trend.
    ///
    /// # Formula
    ///
    /// `macd = ema(x, fast) - ema(x, slow)`; twice: where the value stands in its range of `period` bars, 0 to 100,
    /// then moved `factor` of the way from the value before
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(fast, slow) + 2 · period - 3`.
    ///
    /// # Edge cases
    ///
    /// A stochastic without range keeps its value; 0 at first. Each smoothing begins with its first value. `fast` and
    /// `slow` change places when `fast` is the longer.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Stc::new(2, 1, 2, 1.0)?.compute([&[4.0, 4.0, 3.0, 7.0]], [&mut out])?;
    /// assert_eq!(out[3], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Schaff, "The Schaff Trend Cycle", 1999; lengths and factor as on TradingView.
    pub struct Stc("stc", "Schaff Trend Cycle", Momentum) {
        /// Window of the stochastics in bars.
        period: usize = 10, 1..=100_000;
        /// Length of the fast average in bars.
        fast: usize = 23, 1..=100_000;
        /// Length of the slow average in bars.
        slow: usize = 50, 1..=100_000;
        /// Rate of the smoothing.
        factor: f64 = 0.5, 0.0..=1.0;
    }
    inputs [Close]
    outputs pane [stc: Line]
}

impl Indicator for Stc {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = StcState;

    fn lookback(&self) -> usize {
        self.fast.max(self.slow) + 2 * self.period - 3
    }

    fn state(&self) -> StcState {
        let stage = || Stage { factor: self.factor, range: Range::new(self.period), place: 0.0, value: None };
        StcState {
            difference: Difference::new(MaType::Ema, self.fast, self.slow),
            stages: [stage(), stage()],
        }
    }
}

crate::state! {
    /// State of [`Stc`].
    pub struct StcState {
        difference: Difference,
        stages: [Stage; 2],
    }
}

crate::state! {
    /// A smoothed stochastic.
    struct Stage {
        factor: f64,
        range: Range,
        /// Where the last value stood in its range.
        place: f64,
        value: Option<f64>,
    }
}

impl Stage {
    fn update(&mut self, x: f64) -> Option<f64> {
        let [highest, lowest] = self.range.update(x, x)?;
        if !Range::is_flat(highest, lowest) {
            self.place = (x - lowest) / (highest - lowest) * 100.0;
        }
        let value = self.value.unwrap_or(self.place);
        self.value = Some(value + (self.place - value) * self.factor);
        self.value
    }
}

impl Update for StcState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let macd = self.difference.update(x)?.gap();
        let [first, second] = &mut self.stages;
        let once = first.update(macd)?;
        second.update(once).map(|value| [value])
    }
}
