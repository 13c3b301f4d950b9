//! Hurst Exponent.

use crate::kernels::{Recent, log_ratio};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Whether the price trends (above 0.5) or turns back (below): how the rescaled range of its returns grows with
    /// length.
    ///
    /// # Formula
    ///
    /// The last `period` values of `ln(x[i] / x[i-1])` are cut into 1, 2, 4 … 32 equal chunks of at least 8 (the oldest
    /// that are left over are not used); of each chunk the range of the running sums of its distances from its mean,
    /// over its population standard deviation; `hurst` is the slope of the least-squares line through the logarithms of
    /// the means of these against those of the chunks' lengths
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A flat chunk is left out; 0.5 where fewer than two lengths remain. Each bar costs a walk over the window for
    /// each length, for all chunks move.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut price = [100.0; 40];
    /// price.iter_mut().enumerate().for_each(|(row, x)| *x += f64::from((row % 2) as u8));
    /// let mut out = [0.0; 40];
    /// Hurst::new(32)?.compute([&price], [&mut out])?;
    /// assert!(out[39] < 0.1); // up, down, up, down
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Mandelbrot and Wallis, "Robustness of the Rescaled Range R/S", Water Resources Research 5:5, 1969; chunks as in
    /// Stock.Indicators.
    pub struct Hurst("hurst", "Hurst Exponent", Statistics) {
        /// Window in returns.
        period: usize = 100, 16..=100_000;
    }
    inputs [Close]
    outputs pane [hurst: Line]
}

impl Indicator for Hurst {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HurstState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> HurstState {
        HurstState { period: self.period, before: None, returns: Recent::new(self.period), seen: 0 }
    }
}

crate::state! {
    /// State of [`Hurst`].
    pub struct HurstState {
        period: usize,
        /// The previous value.
        before: Option<f64>,
        returns: Recent,
        /// How many returns there were, up to the period.
        seen: usize,
    }
}

impl HurstState {
    fn exponent(&self) -> f64 {
        let mut line = [0.0; 5]; // count, Σx, Σy, Σx², Σxy
        for chunks in (0..=5).map(|power| 1_usize << power) {
            let length = self.period / chunks;
            if length < 8 {
                break;
            }
            let (mut sum, mut count) = (0.0, 0.0);
            for chunk in 0..chunks {
                // From the newest backwards: the rescaled range is the same.
                let chunk = self.returns.newest_first().skip(chunk * length).take(length);
                if let Some(range) = rescaled_range(chunk, length) {
                    sum += range;
                    count += 1.0;
                }
            }
            if sum > 0.0 {
                let (x, y) = (num::ln(length as f64), num::ln(sum / count));
                line = [line[0] + 1.0, line[1] + x, line[2] + y, line[3] + x * x, line[4] + x * y];
            }
        }
        let [count, x, y, squares, products] = line;
        let spread = count * squares - x * x;
        if (count > 1.0) & (spread > 0.0) { (count * products - x * y) / spread } else { 0.5 }
    }
}

/// `None` where nothing varies.
fn rescaled_range(values: impl Iterator<Item = f64> + Clone, length: usize) -> Option<f64> {
    let first = values.clone().next()?;
    let mean = first + values.clone().map(|value| value - first).sum::<f64>() / length as f64;
    let (mut sum, mut highest, mut lowest, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for value in values {
        let distance = value - mean;
        sum += distance;
        squares += distance * distance;
        (highest, lowest) = (num::max(highest, sum), num::min(lowest, sum));
    }
    let deviation = num::sqrt(squares / length as f64);
    (deviation > 0.0).then(|| (highest - lowest) / deviation)
}

impl Update for HurstState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = log_ratio(x, self.before.replace(x)?);
        self.returns.push(change);
        self.seen = (self.seen.saturating_add(1)).min(self.period);
        (self.seen == self.period).then(|| [self.exponent()])
    }
}
