//! Price Momentum Oscillator.

use crate::kernels::{Smoothed, percent_change};
use crate::{Indicator, Update};

crate::indicator! {
    /// DecisionPoint's momentum: one-bar rates of change smoothed twice, with a signal line.
    ///
    /// # Formula
    ///
    /// `pmo = s(10 · s(100 · (x[i] / x[i-1] - 1), first), second)`, where `s(y, n)` moves `2 / n` of the way to each
    /// value and is seeded by a mean; `signal = ema(pmo, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `first + second + signal - 2`.
    ///
    /// # Edge cases
    ///
    /// A change from a price of 0 counts as 0; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut pmo, mut signal] = [[0.0; 4]; 2];
    /// Pmo::new(2, 2, 1)?.compute([&[1.0, 2.0, 4.0, 8.0]], [&mut pmo, &mut signal])?;
    /// assert_eq!((pmo[3], signal[3]), (1000.0, 1000.0)); // twice the price each bar
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Swenlin, "DecisionPoint Price Momentum Oscillator", StockCharts ChartSchool. Stock.Indicators gives the same.
    pub struct Pmo("pmo", "Price Momentum Oscillator", Momentum) {
        /// First smoothing in bars.
        first: usize = 35, 2..=100_000;
        /// Second smoothing in bars.
        second: usize = 20, 2..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [pmo: Line, signal: Line]
}

impl Indicator for Pmo {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = PmoState;

    fn lookback(&self) -> usize {
        self.first + self.second + self.signal - 2
    }

    fn state(&self) -> PmoState {
        PmoState {
            before: None,
            first: Smoothed::with_rate(self.first, 2.0 / self.first as f64),
            second: Smoothed::with_rate(self.second, 2.0 / self.second as f64),
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Pmo`].
    pub struct PmoState {
        /// The previous value.
        before: Option<f64>,
        first: Smoothed,
        second: Smoothed,
        signal: Smoothed,
    }
}

impl Update for PmoState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let change = percent_change(self.before.replace(x)?, x);
        let once = self.first.update(change)?;
        let pmo = self.second.update(10.0 * once)?;
        self.signal.update(pmo).map(|signal| [pmo, signal])
    }
}
