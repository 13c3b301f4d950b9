//! WaveTrend.

use crate::kernels::{Simple, Smoothed};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the typical price is from its average in units of its usual distance, smoothed, with a signal line:
    /// overbought above 60, oversold below -60.
    ///
    /// # Formula
    ///
    /// `gap = typical - ema(typical, channel)`, `typical = (high + low + close) / 3`; `wavetrend = ema(gap / (0.015 ·
    /// ema(|gap|, channel)), period)`; `signal = sma(wavetrend, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `2 · channel + period + signal - 4`.
    ///
    /// # Edge cases
    ///
    /// A bar counts as 0 where the usual distance is 0; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 3.0, 5.0];
    /// let [mut wavetrend, mut signal] = [[0.0; 3]; 2];
    /// Wavetrend::new(2, 1, 1)?.compute([&price, &price, &price], [&mut wavetrend, &mut signal])?;
    /// assert!((wavetrend[2] - 1.0 / 0.015).abs() < 1e-9);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// LazyBear, "WaveTrend Oscillator", TradingView, 2014.
    pub struct Wavetrend("wavetrend", "WaveTrend", Momentum) {
        /// Averaging length of the price and the distance in bars.
        channel: usize = 10, 1..=100_000;
        /// Smoothing in bars.
        period: usize = 21, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 4, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [wavetrend: Line, signal: Line]
}

impl Indicator for Wavetrend {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = WavetrendState;

    fn lookback(&self) -> usize {
        2 * self.channel + self.period + self.signal - 4
    }

    fn state(&self) -> WavetrendState {
        WavetrendState {
            price: Smoothed::exponential(self.channel),
            distance: Smoothed::exponential(self.channel),
            smooth: Smoothed::exponential(self.period),
            signal: Simple::new(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Wavetrend`].
    pub struct WavetrendState {
        price: Smoothed,
        distance: Smoothed,
        smooth: Smoothed,
        signal: Simple,
    }
}

impl Update for WavetrendState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let typical = (high + low + close) / 3.0;
        let gap = typical - self.price.update(typical)?;
        let distance = 0.015 * self.distance.update(gap.abs())?;
        let index = if distance > 0.0 { gap / distance } else { 0.0 };
        let wavetrend = self.smooth.update(index)?;
        self.signal.update(wavetrend).map(|signal| [wavetrend, signal])
    }
}
