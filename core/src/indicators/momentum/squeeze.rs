//! TTM Squeeze.

use crate::kernels::{Deviations, Range, Simple, Weighted, Window, true_range};
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
    outputs pane [momentum: Histogram, on: Pattern]
}

impl Indicator for Squeeze {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = SqueezeState;

    fn lookback(&self) -> usize {
        (self.period - 1).max(2 * self.channel - 2)
    }

    fn state(&self) -> SqueezeState {
        SqueezeState {
            period: self.period,
            multiplier: self.multiplier,
            channel: self.channel,
            reach: self.reach,
            before: None,
            bands: Window::new(self.period),
            middle: Simple::new(self.channel),
            range: Simple::new(self.channel),
            extremes: Range::new(self.channel),
            line: Window::new(self.channel),
        }
    }
}

crate::state! {
    /// State of [`Squeeze`].
    pub struct SqueezeState {
        period: usize,
        multiplier: f64,
        channel: usize,
        reach: f64,
        /// Close of the previous bar.
        before: Option<f64>,
        bands: Window<Deviations>,
        middle: Simple,
        range: Simple,
        extremes: Range,
        line: Window<Weighted>,
    }
}

impl Update for SqueezeState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let bands = self.bands.push(close);
        let (middle, extremes) = (self.middle.update(close), self.extremes.update(high, low));
        let range =
            self.before.replace(close).and_then(|before| self.range.update(true_range(before, high, low)));
        let (middle, [highest, lowest]) = (middle?, extremes?);
        let line = self.line.push(close - 0.5 * (0.5 * (highest + lowest) + middle));
        let (mean, deviation) = bands?.mean_and_deviation(self.period);
        let (_, momentum) = line?.line(self.channel);
        let (band, edge) = (self.multiplier * deviation, self.reach * range?);
        let inside = (mean + band < middle + edge) & (mean - band > middle - edge);
        Some([momentum, if inside { 100.0 } else { 0.0 }])
    }
}
