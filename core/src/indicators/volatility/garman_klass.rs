//! Garman-Klass Volatility.

use std::f64::consts::LN_2;

use crate::kernels::{Total, Window, log_ratio};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Volatility from the bars' open, high, low and close, in per cent a year, for prices without drift or gaps.
    ///
    /// # Formula
    ///
    /// `garman_klass = 100 · √(annual / period · Σ (ln(high / low)² / 2 - (2 · ln 2 - 1) · ln(close / open)²))` over
    /// `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
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
    /// let mut out = [0.0; 1];
    /// GarmanKlass::new(1, 2.0)?.compute([&[1.0], &[2.0], &[1.0], &[1.0]], [&mut out])?;
    /// assert!((out[0] - 100.0 * 2.0_f64.ln()).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Garman and Klass, "On the Estimation of Security Price Volatilities from Historical Data", Journal of Business
    /// 53:1, 1980.
    pub struct GarmanKlass("garman_klass", "Garman-Klass Volatility", Volatility) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
        /// Bars in a year.
        annual: f64 = 252.0, 1.0..=1e9;
    }
    inputs [Open, High, Low, Close]
    outputs pane [garman_klass: Line]
}

impl Indicator for GarmanKlass {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = GarmanKlassState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> GarmanKlassState {
        GarmanKlassState { scale: self.annual / self.period as f64, terms: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`GarmanKlass`].
    pub struct GarmanKlassState {
        scale: f64,
        terms: Window<Total>,
    }
}

impl Update for GarmanKlassState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 1]> {
        let (range, body) = (log_ratio(high, low), log_ratio(close, open));
        let term = 0.5 * range * range - (2.0 * LN_2 - 1.0) * body * body;
        let terms = self.terms.push(term)?.fold.0;
        Some([100.0 * num::sqrt(self.scale * num::max(terms, 0.0))])
    }
}
