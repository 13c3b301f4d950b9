//! TTM Squeeze.

use crate::kernels::Compression;
use crate::{Indicator, Update};

crate::indicator! {
    /// Whether volatility is squeezed (Bollinger Bands inside the Keltner Channel), and a momentum that says which way
    /// it may break.
    ///
    /// # Formula
    ///
    /// `on` is 100 while `bbands(period, multiplier)` lie inside `sma(close, channel) ± reach · sma(true range,
    /// channel)`, otherwise 0; `momentum` is the end of the least-squares line through the last `channel` values of
    /// `close - ((highest high + lowest low) / 2 + sma(close, channel)) / 2`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(period - 1, 2 · channel - 2)`.
    ///
    /// # Edge cases
    ///
    /// Not on, and exactly 0, on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 2.0, 3.0];
    /// let [mut momentum, mut on] = [[0.0; 3]; 2];
    /// Squeeze::new(2, 2.0, 2, 1.5)?.compute([&price, &price, &price], [&mut momentum, &mut on])?;
    /// assert_eq!((momentum[2], on[2]), (0.5, 100.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Carter, "Mastering the Trade", 2005; momentum as in LazyBear, "Squeeze Momentum Indicator", TradingView, 2014.
    /// (That script uses the channel's multiplier for the bands as well.)
    pub struct Squeeze("squeeze", "TTM Squeeze", Momentum) {
        /// Window of the Bollinger Bands in bars.
        period: usize = 20, 2..=100_000;
        /// Standard deviations from the middle to the bands.
        multiplier: f64 = 2.0, 0.0..=1e6;
        /// Window of the Keltner Channel and the momentum in bars.
        channel: usize = 20, 2..=100_000;
        /// Average true ranges from the middle to the channel's edges.
        reach: f64 = 1.5, 0.0..=1e6;
    }
    inputs [High, Low, Close]
    outputs pane [momentum: Histogram, on: MarkBelow]
}

impl Indicator for Squeeze {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = SqueezeState;

    fn lookback(&self) -> usize {
        Compression::lookback(self.period, self.channel)
    }

    fn state(&self) -> SqueezeState {
        SqueezeState {
            multiplier: self.multiplier,
            reach: self.reach,
            compression: Compression::new(self.period, self.channel),
        }
    }
}

crate::state! {
    /// State of [`Squeeze`].
    pub struct SqueezeState {
        multiplier: f64,
        reach: f64,
        compression: Compression,
    }
}

impl Update for SqueezeState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 2]> {
        let bar = self.compression.update(bar)?;
        Some([bar.momentum, if bar.is_inside(self.multiplier, self.reach) { 100.0 } else { 0.0 }])
    }
}
