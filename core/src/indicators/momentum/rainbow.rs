//! Rainbow Oscillator.

use crate::kernels::{Range, Simple};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How far the price is from the middle of ten averages, each over the one before, in per cent of its recent range;
    /// the band is how far the averages are apart.
    ///
    /// # Formula
    ///
    /// `a1 = sma(x, period)`, `a2 = sma(a1, period)` … `a10`; `range` = highest less lowest of the last `window`
    /// values; `rainbow = 100 · (x - mean(a1 … a10)) / range`, `upper, lower = ±100 · (max(a1 … a10) - min(a1 … a10)) /
    /// range`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(10 · (period - 1), window - 1)`.
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
    /// let price: Vec<f64> = (1..=11).map(f64::from).collect();
    /// let [mut line, mut upper, mut lower] = [[0.0; 11]; 3];
    /// Rainbow::new(2, 10)?.compute([&price], [&mut line, &mut upper, &mut lower])?;
    /// assert!((line[10] - 100.0 * 2.75 / 9.0).abs() < 1e-12); // the averages lag by half a bar up to five
    /// assert_eq!((upper[10], lower[10]), (50.0, -50.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Widner, "Rainbow Charts", Technical Analysis of Stocks & Commodities 15:7, 1997.
    pub struct Rainbow("rainbow", "Rainbow Oscillator", Momentum) {
        /// Length of each average in bars.
        period: usize = 2, 1..=100_000;
        /// Window of the range in bars.
        window: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [rainbow: Histogram, upper: Upper, lower: Lower]
}

impl Indicator for Rainbow {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = RainbowState;

    fn lookback(&self) -> usize {
        (10 * (self.period - 1)).max(self.window - 1)
    }

    fn state(&self) -> RainbowState {
        RainbowState {
            averages: std::array::from_fn(|_| Simple::new(self.period)),
            range: Range::new(self.window),
        }
    }
}

crate::state! {
    /// State of [`Rainbow`].
    pub struct RainbowState {
        averages: [Simple; 10],
        range: Range,
    }
}

impl Update for RainbowState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let range = self.range.update(x, x);
        let (mut value, mut sum) = (x, 0.0);
        let (mut top, mut bottom) = (f64::MIN, f64::MAX);
        for average in &mut self.averages {
            value = average.update(value)?;
            sum += x - value;
            (top, bottom) = (num::max(top, value), num::min(bottom, value));
        }
        let [highest, lowest] = range?;
        let scale = if highest > lowest { 100.0 / (highest - lowest) } else { 0.0 };
        let width = (top - bottom) * scale;
        Some([sum / 10.0 * scale, width, -width])
    }
}
