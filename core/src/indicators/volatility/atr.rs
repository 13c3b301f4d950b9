//! Average true range.

use crate::kernels::{AverageRange, Recurring};
use crate::{FirstRange, Indicator, Update};

crate::indicator! {
    /// Wilder's average of the true range: how far the price moves in a bar, gaps between bars included.
    ///
    /// # Formula
    ///
    /// `range = max(high - low, |high - previous close|, |low - previous close|)`;
    /// `atr` is seeded by the mean of the first `period` ranges, then
    /// `atr[i] = atr[i-1] + (range[i] - atr[i-1]) / period`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`: the first bar has no previous close, hence no true range.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the true range. Never negative.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Atr::new(2)?.compute([&[5.0, 6.0, 9.0], &[4.0, 4.0, 8.0], &[4.0, 5.0, 8.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0); // ranges 2 and 4
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 3. TA-Lib `ATR`.
    pub struct Atr("atr", "Average True Range", Volatility) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs pane [atr: Line]
    talib ATR(period: timeperiod)
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Atr {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = AtrState;

    fn lookback(&self) -> usize {
        match self.first {
            FirstRange::Skip => self.period,
            FirstRange::Include => self.period - 1,
        }
    }

    fn state(&self) -> AtrState {
        AtrState { average: AverageRange::new(self.period, self.first) }
    }
}

crate::state! {
    /// State of [`Atr`].
    pub struct AtrState {
        average: AverageRange,
    }
}

impl Update for AtrState {
    type In = [f64; 3];
    type Out = [f64; 1];

    const RUNS: bool = true;
    const GAPS_SHOW: bool = true;

    #[inline(always)]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        self.average.update(bar).map(|value| [value])
    }

    fn run(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 1]) {
        self.average.run(inputs, outputs);
    }
}
