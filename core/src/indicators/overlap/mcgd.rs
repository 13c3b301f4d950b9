//! McGinley Dynamic.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// An average that speeds up when the price falls away from it and slows down when the price rises: it hugs a
    /// decline.
    ///
    /// # Formula
    ///
    /// `mcgd[i] = mcgd[i-1] + (x - mcgd[i-1]) / max(1, factor · period · (x / mcgd[i-1])⁴)`, from `mcgd[0] = x[0]`
    ///
    /// # Warm-up
    ///
    /// None: the first value is the first price. Its influence dies away after a few periods.
    ///
    /// # Edge cases
    ///
    /// The divisor is held at 1 or more, so that a collapse of the price is followed and never overshot. Where the
    /// average is 0 it takes the price. A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Mcgd::new(2, 1.0)?.compute([&[10.0, 10.0, 20.0]], [&mut out])?;
    /// assert_eq!(out, [10.0, 10.0, 10.3125]); // 10 / (2 · 2⁴) is added
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// McGinley, Journal of Technical Analysis, 1990, who takes `factor` as 0.6. TradingView and pandas-ta take 1, as
    /// the default here; TradingView begins with an exponential average instead of the first price.
    pub struct Mcgd("mcgd", "McGinley Dynamic", Overlap) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
        /// Share of the period that counts: 0.6 for McGinley's own.
        factor: f64 = 1.0, 0.01..=100.0;
    }
    inputs [Close]
    outputs overlay [mcgd: Line]
}

impl Indicator for Mcgd {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = McgdState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> McgdState {
        McgdState { divisor: self.factor * self.period as f64, value: None }
    }
}

crate::state! {
    /// State of [`Mcgd`].
    pub struct McgdState {
        divisor: f64,
        value: Option<f64>,
    }
}

impl Update for McgdState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let before = self.value.unwrap_or(x);
        let square = (x / before) * (x / before);
        let step = (x - before) / num::max(self.divisor * (square * square), 1.0);
        let value = if before == 0.0 { x } else { before + step };
        self.value = Some(value);
        Some([value])
    }
}
