//! Impulse MACD.

use crate::kernels::{Double, Simple, Smoothed};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How far a fast average of the typical price is outside the band of averaged highs and lows, with a signal line:
    /// 0 while the market ranges.
    ///
    /// # Formula
    ///
    /// `high` and `low` are Wilder's averages over `period` of the bars' highs and lows, `middle = dema((high + low +
    /// close) / 3, period)`; `impulse = middle - high` above the band, `middle - low` below it, 0 inside; `signal =
    /// sma(impulse, signal)`, `histogram = impulse - signal`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `2 · (period - 1) + signal - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [0.0, 0.0, 0.0, 9.0];
    /// let [mut impulse, mut signal, mut histogram] = [[0.0; 4]; 3];
    /// let macd = ImpulseMacd::new(2, 1)?;
    /// macd.compute([&price, &price, &price], [&mut impulse, &mut signal, &mut histogram])?;
    /// assert!((impulse[3] - 3.5).abs() < 1e-12); // 8 against 4.5
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// LazyBear, "Impulse MACD", TradingView, 2015.
    pub struct ImpulseMacd("impulse_macd", "Impulse MACD", Momentum) {
        /// Averaging length in bars.
        period: usize = 34, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [impulse: Line, signal: Line, histogram: Histogram]
}

impl Indicator for ImpulseMacd {
    type In = [f64; 3];
    type Out = [f64; 3];
    type State = ImpulseMacdState;

    fn lookback(&self) -> usize {
        2 * (self.period - 1) + self.signal - 1
    }

    fn state(&self) -> ImpulseMacdState {
        ImpulseMacdState {
            high: Smoothed::wilder(self.period),
            low: Smoothed::wilder(self.period),
            middle: Double::new(self.period),
            signal: Simple::new(self.signal),
        }
    }
}

crate::state! {
    /// State of [`ImpulseMacd`].
    pub struct ImpulseMacdState {
        high: Smoothed,
        low: Smoothed,
        middle: Double,
        signal: Simple,
    }
}

impl Update for ImpulseMacdState {
    type In = [f64; 3];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 3]> {
        let edges = (self.high.update(high), self.low.update(low));
        let middle = self.middle.update((high + low + close) / 3.0)?;
        let (high, low) = (edges.0?, edges.1?);
        let impulse = num::max(middle - high, 0.0) + num::min(middle - low, 0.0);
        let signal = self.signal.update(impulse)?;
        Some([impulse, signal, impulse - signal])
    }
}
