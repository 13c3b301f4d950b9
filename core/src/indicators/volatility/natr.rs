//! Normalized Average True Range.

use crate::kernels::{Smoothed, true_range};
use crate::{Indicator, Update};

crate::indicator! {
    /// Wilder's average true range in per cent of the close: comparable between markets.
    ///
    /// # Formula
    ///
    /// `natr = 100 · atr(period) / close`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where the close is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Natr::new(2)?.compute([&[5.0, 6.0, 9.0], &[4.0, 4.0, 8.0], &[4.0, 5.0, 8.0]], [&mut out])?;
    /// assert_eq!(out[2], 37.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Forman, "Cross-Market Evaluations with Normalized Average True Range", Technical Analysis of Stocks &
    /// Commodities 24:5, 2006. TA-Lib `NATR`.
    pub struct Natr("natr", "Normalized Average True Range", Volatility) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [natr: Line]
    talib NATR(period: timeperiod)
}

impl Indicator for Natr {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = NatrState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> NatrState {
        NatrState { close: None, average: Smoothed::wilder(self.period) }
    }
}

crate::state! {
    /// State of [`Natr`].
    pub struct NatrState {
        /// Of the previous bar.
        close: Option<f64>,
        average: Smoothed,
    }
}

impl Update for NatrState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let before = self.close.replace(close)?;
        let range = self.average.update(true_range(before, high, low))?;
        Some([if close == 0.0 { 0.0 } else { range / close * 100.0 }])
    }
}
