//! Variance Ratio.

use crate::kernels::{Delay, Deviations, Window, log_ratio};
use crate::{Indicator, Update};

crate::indicator! {
    /// Lo and MacKinlay's: the variance of `lag`-bar returns against that of one-bar returns. 1 for a random walk,
    /// above it for a trend, below when the price turns back.
    ///
    /// # Formula
    ///
    /// With `n = period`, `q = lag`, and the mean `μ` and sample variance `v` of `n` log returns:
    /// `variance_ratio = Σ (long - q · μ)² / (q · (n - q + 1) · (1 - q / n)) / v` over the `n - q + 1` overlapping `q`-bar
    /// returns `long` in the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 1 where no return differs from another. A lag of `period` or more counts as `period - 1`. A ratio of prices that
    /// are not both positive counts as 1.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 5];
    /// VarianceRatio::new(4, 2)?.compute([&[1.0, 2.0, 1.0, 2.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[4], 0.0); // it always turns back
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Lo and MacKinlay, "Stock Market Prices Do Not Follow Random Walks", Review of Financial Studies 1:1, 1988, eqs.
    /// 12 and 13.
    pub struct VarianceRatio("variance_ratio", "Variance Ratio", Statistics) {
        /// Window in returns.
        period: usize = 60, 3..=100_000;
        /// Length of the longer returns in bars.
        lag: usize = 2, 1..=100_000;
    }
    inputs [Close]
    outputs pane [variance_ratio: Line]
}

impl Indicator for VarianceRatio {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = VarianceRatioState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> VarianceRatioState {
        let lag = self.lag.min(self.period - 1);
        VarianceRatioState {
            period: self.period,
            lag,
            before: None,
            past: Delay::new(lag),
            short: Window::new(self.period),
            long: Window::new(self.period - lag + 1),
        }
    }
}

crate::state! {
    /// State of [`VarianceRatio`].
    pub struct VarianceRatioState {
        period: usize,
        lag: usize,
        /// The previous value.
        before: Option<f64>,
        past: Delay,
        short: Window<Deviations>,
        long: Window<Deviations>,
    }
}

impl Update for VarianceRatioState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x);
        let long = past.and_then(|past| self.long.push(log_ratio(x, past)));
        let short = self.short.push(log_ratio(x, self.before.replace(x)?))?;
        let (n, q) = (self.period as f64, self.lag as f64);
        let (drift, deviation) = short.mean_and_deviation();
        let (mean, spread) = long?.mean_and_deviation();
        let gap = mean - q * drift;
        let variance = deviation * deviation * (n / (n - 1.0));
        let long = (spread * spread + gap * gap) / (q * (1.0 - q / n));
        Some([if variance > 0.0 { long / variance } else { 1.0 }])
    }
}
