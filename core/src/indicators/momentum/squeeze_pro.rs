//! TTM Squeeze Pro.

use crate::kernels::Compression;
use crate::{Indicator, Update};

crate::indicator! {
    /// How tightly volatility is squeezed (Bollinger Bands inside none to three Keltner Channels), and a momentum that
    /// says which way it may break.
    ///
    /// # Formula
    ///
    /// `level` counts in how many of the three channels `sma(close, channel) ± reach · sma(true range, channel)` the
    /// `bbands(period, multiplier)` lie, with `reach` `wide`, `normal` and `narrow`: 0 to 3; `momentum` is the end of
    /// the least-squares line through the last `channel` values of `close - ((highest high + lowest low) / 2 +
    /// sma(close, channel)) / 2`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(period - 1, 2 · channel - 2)`.
    ///
    /// # Edge cases
    ///
    /// Both exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 2.0, 3.0];
    /// let [mut momentum, mut level] = [[0.0; 3]; 2];
    /// let squeeze = SqueezePro::new(2, 2.0, 2, 2.0, 1.5, 1.0)?;
    /// squeeze.compute([&price, &price, &price], [&mut momentum, &mut level])?;
    /// assert_eq!((momentum[2], level[2]), (0.5, 2.0)); // reaches 2, 1.5 and 1 against 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Carter, "Mastering the Trade", 2005, and his TTM Squeeze Pro; momentum as in `squeeze`. pandas-ta takes an
    /// averaged `mom` instead.
    pub struct SqueezePro("squeeze_pro", "TTM Squeeze Pro", Momentum) {
        /// Window of the Bollinger Bands in bars.
        period: usize = 20, 2..=100_000;
        /// Standard deviations from the middle to the bands.
        multiplier: f64 = 2.0, 0.0..=1e6;
        /// Window of the Keltner Channels and the momentum in bars.
        channel: usize = 20, 2..=100_000;
        /// Average true ranges to the widest channel's edges.
        wide: f64 = 2.0, 0.0..=1e6;
        /// Average true ranges to the middle channel's edges.
        normal: f64 = 1.5, 0.0..=1e6;
        /// Average true ranges to the narrowest channel's edges.
        narrow: f64 = 1.0, 0.0..=1e6;
    }
    inputs [High, Low, Close]
    outputs pane [momentum: Histogram, level: Line]
}

impl Indicator for SqueezePro {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = SqueezeProState;

    fn lookback(&self) -> usize {
        Compression::lookback(self.period, self.channel)
    }

    fn state(&self) -> SqueezeProState {
        SqueezeProState {
            multiplier: self.multiplier,
            reaches: [self.wide, self.normal, self.narrow],
            compression: Compression::new(self.period, self.channel),
        }
    }
}

crate::state! {
    /// State of [`SqueezePro`].
    pub struct SqueezeProState {
        multiplier: f64,
        reaches: [f64; 3],
        compression: Compression,
    }
}

impl Update for SqueezeProState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 2]> {
        let bar = self.compression.update(bar)?;
        let inside = |reach: &&f64| bar.is_inside(self.multiplier, **reach);
        Some([bar.momentum, self.reaches.iter().filter(inside).count() as f64])
    }
}
