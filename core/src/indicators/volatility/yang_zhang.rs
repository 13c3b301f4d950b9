//! Yang-Zhang Volatility.

use crate::kernels::{Deviations, Total, Window, log_ratio};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Volatility from the bars' open, high, low and close and the gaps between them, in per cent a year, whatever the
    /// price's drift.
    ///
    /// # Formula
    ///
    /// `yang_zhang = 100 · √(annual · (gaps + k · bodies + (1 - k) · rs))` over `period` bars: the sample variances of
    /// `ln(open / previous close)` and of `ln(close / open)`, the mean of the terms of `rogers_satchell`, and `k = 0.34
    /// / (1.34 + (period + 1) / (period - 1))`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`: the first bar has no gap.
    ///
    /// # Edge cases
    ///
    /// A ratio of prices that are not both positive counts as 1; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [2.0, 2.0, 2.0];
    /// let mut out = [1.0; 3];
    /// YangZhang::new(2, 252.0)?.compute([&price, &price, &price, &price], [&mut out])?;
    /// assert_eq!(out[2], 0.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Yang and Zhang, "Drift-Independent Volatility Estimation Based on High, Low, Open, and Close Prices", Journal of
    /// Business 73:3, 2000.
    pub struct YangZhang("yang_zhang", "Yang-Zhang Volatility", Volatility) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [Open, High, Low, Close]
    outputs pane [yang_zhang: Line]
}

impl Indicator for YangZhang {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = YangZhangState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> YangZhangState {
        let n = self.period as f64;
        YangZhangState {
            period: self.period,
            annual: self.annual,
            weight: 0.34 / (1.34 + (n + 1.0) / (n - 1.0)),
            before: None,
            gaps: Window::new(self.period),
            bodies: Window::new(self.period),
            terms: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`YangZhang`].
    pub struct YangZhangState {
        period: usize,
        annual: f64,
        weight: f64,
        /// Close of the previous bar.
        before: Option<f64>,
        gaps: Window<Deviations>,
        bodies: Window<Deviations>,
        terms: Window<Total>,
    }
}

impl Update for YangZhangState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 1]> {
        let gap = log_ratio(open, self.before.replace(close)?);
        let above = log_ratio(high, close) * log_ratio(high, open);
        let below = log_ratio(low, close) * log_ratio(low, open);
        let gaps = self.gaps.push(gap);
        let bodies = self.bodies.push(log_ratio(close, open));
        let terms = self.terms.push(above + below)?.fold.0;
        let n = self.period as f64;
        // Sample variances divide by one less.
        let sample = n / (n - 1.0);
        let (gaps, bodies) = (gaps?.variance() * sample, bodies?.variance() * sample);
        let variance = gaps + self.weight * bodies + (1.0 - self.weight) * (num::max(terms, 0.0) / n);
        Some([100.0 * num::sqrt(self.annual * variance)])
    }
}
