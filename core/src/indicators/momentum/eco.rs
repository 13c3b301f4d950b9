//! Ergodic Candlestick Oscillator.

use crate::kernels::{Smoothed, Twice};
use crate::{Indicator, Update};

crate::indicator! {
    /// The bars' bodies smoothed twice, against the same of their ranges, with a signal line: -100 to 100.
    ///
    /// # Formula
    ///
    /// `e(y) = ema(ema(y, slow), fast)`; `eco = 100 · e(close - open) / e(high - low)`, `signal = ema(eco, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `slow + fast + signal - 3`.
    ///
    /// # Edge cases
    ///
    /// 0 where there is no range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut eco, mut signal] = [[0.0; 1]; 2];
    /// Eco::new(1, 1, 1)?.compute([&[1.0], &[3.0], &[1.0], &[2.0]], [&mut eco, &mut signal])?;
    /// assert_eq!((eco[0], signal[0]), (50.0, 50.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Blau, "Momentum, Direction, and Divergence", 1995.
    pub struct Eco("eco", "Ergodic Candlestick Oscillator", Momentum) {
        /// Second smoothing in bars.
        fast: usize = 5, 1..=100_000;
        /// First smoothing in bars.
        slow: usize = 20, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 5, 1..=100_000;
    }
    inputs [Open, High, Low, Close]
    outputs pane [eco: Line, signal: Line]
}

impl Indicator for Eco {
    type In = [f64; 4];
    type Out = [f64; 2];
    type State = EcoState;

    fn lookback(&self) -> usize {
        self.slow + self.fast + self.signal - 3
    }

    fn state(&self) -> EcoState {
        EcoState { averages: Twice::new(self.slow, self.fast), signal: Smoothed::exponential(self.signal) }
    }
}

crate::state! {
    /// State of [`Eco`].
    pub struct EcoState {
        /// Of bodies and of ranges.
        averages: Twice<2>,
        signal: Smoothed,
    }
}

impl Update for EcoState {
    type In = [f64; 4];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 2]> {
        let [body, range] = self.averages.update_each([close - open, high - low])?;
        let eco = if range > 0.0 { 100.0 * body / range } else { 0.0 };
        self.signal.update(eco).map(|signal| [eco, signal])
    }
}
