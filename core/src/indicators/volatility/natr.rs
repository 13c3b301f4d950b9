//! Normalized Average True Range.

use crate::kernels::{Smoothed, TrueRange};
use crate::{FirstRange, Indicator, Update};

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
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs pane [natr: Line]
    talib NATR(period: timeperiod)
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Natr {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = NatrState;

    fn lookback(&self) -> usize {
        match self.first {
            FirstRange::Skip => self.period,
            FirstRange::Include => self.period - 1,
        }
    }

    fn state(&self) -> NatrState {
        NatrState { range: TrueRange::new(self.first), average: Smoothed::wilder(self.period) }
    }
}

crate::state! {
    /// State of [`Natr`].
    pub struct NatrState {
        range: TrueRange,
        average: Smoothed,
    }
}

impl Update for NatrState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        let range = self.range.update(bar)?;
        let (range, close) = (self.average.update(range)?, bar[2]);
        Some([if close == 0.0 { 0.0 } else { range / close * 100.0 }])
    }
}
