//! Stochastic Momentum Index.

use crate::kernels::{Range, Smoothed, Twice};
use crate::{Indicator, Update};

crate::indicator! {
    /// Where the close stands against the middle of the recent range, smoothed twice, and an average of that: -100 to
    /// 100.
    ///
    /// # Formula
    ///
    /// `smi = 100 · e(close - middle) / e(range / 2)` with `e(y) = ema(ema(y, slow), fast)` over the range of `period`
    /// bars; `signal = ema(smi, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period + slow + fast + signal - 4`.
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
    /// let [mut smi, mut signal] = [[0.0; 1]; 2];
    /// Smi::new(1, 1, 1, 1)?.compute([&[4.0], &[2.0], &[4.0]], [&mut smi, &mut signal])?;
    /// assert_eq!((smi[0], signal[0]), (100.0, 100.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Blau, "Stochastic Momentum", Technical Analysis of Stocks & Commodities 11:1, 1993. TA-Lib `SMI`.
    pub struct Smi("smi", "Stochastic Momentum Index", Momentum) {
        /// Window of the range in bars.
        period: usize = 13, 1..=100_000;
        /// Second smoothing in bars.
        fast: usize = 2, 1..=100_000;
        /// First smoothing in bars.
        slow: usize = 25, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [smi: Line, signal: Line]
    talib SMI(period: timeperiod, fast: fastperiod, slow: slowperiod, signal: signalperiod)
}

impl Indicator for Smi {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = SmiState;

    fn lookback(&self) -> usize {
        self.period + self.slow + self.fast + self.signal - 4
    }

    fn state(&self) -> SmiState {
        SmiState {
            range: Range::new(self.period),
            averages: Twice::new(self.slow, self.fast),
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Smi`].
    pub struct SmiState {
        range: Range,
        /// Of places in the range and of its sizes.
        averages: Twice<2>,
        signal: Smoothed,
    }
}

impl Update for SmiState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let [highest, lowest] = self.range.update(high, low)?;
        let place = close - 0.5 * (highest + lowest);
        let [place, size] = self.averages.update_each([place, highest - lowest])?;
        let half = 0.5 * size;
        let smi = if half > 0.0 { 100.0 * place / half } else { 0.0 };
        self.signal.update(smi).map(|signal| [smi, signal])
    }
}
