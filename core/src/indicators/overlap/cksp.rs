//! Chande Kroll Stop.

use crate::kernels::{AverageRange, Range};
use crate::{FirstRange, Indicator, Update};

crate::indicator! {
    /// Stops some average true ranges from the window's extremes, each then held at its most cautious of the last bars:
    /// `long` protects a long position, `short` a short one.
    ///
    /// # Formula
    ///
    /// `long` = highest of `highest(high, period) - multiplier · atr(period)`, `short` = lowest of `lowest(low,
    /// period) + multiplier · atr(period)`, each over the last `stop_period` bars
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period + stop_period - 1`. A row earlier where the first bar has a true range
    /// (`first`).
    ///
    /// # Edge cases
    ///
    /// On a flat series both are exactly the price.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut long, mut short] = [[0.0; 4]; 2];
    /// Cksp::new(2, 1.0, 2)?.compute([&[11.0; 4], &[9.0; 4], &[10.0; 4]], [&mut long, &mut short])?;
    /// assert_eq!([long[3], short[3]], [9.0, 11.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande and Kroll, "The New Technical Trader", 1994. Defaults as TradingView, which calls the two lines the other
    /// way round; pandas-ta names them as here.
    pub struct Cksp("cksp", "Chande Kroll Stop", Overlap) {
        /// Window and length of the average true range in bars.
        period: usize = 10, 1..=100_000;
        /// Average true ranges from the extreme to the stop.
        multiplier: f64 = 1.0, 0.0..=3e37;
        /// Bars over which the stop is held.
        stop_period: usize = 9, 1..=100_000;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [long: Line, short: Line]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Cksp {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = CkspState;

    fn lookback(&self) -> usize {
        AverageRange::lookback(self.period, self.first) + self.stop_period - 1
    }

    fn state(&self) -> CkspState {
        CkspState {
            multiplier: self.multiplier,
            extremes: Range::new(self.period),
            range: AverageRange::new(self.period, self.first),
            stops: Range::new(self.stop_period),
        }
    }
}

crate::state! {
    /// State of [`Cksp`].
    pub struct CkspState {
        multiplier: f64,
        extremes: Range,
        range: AverageRange,
        stops: Range,
    }
}

impl Update for CkspState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 2]> {
        let [high, low, _] = bar;
        let extremes = self.extremes.update(high, low);
        let distance = self.range.update(bar)? * self.multiplier;
        let [highest, lowest] = extremes?;
        self.stops.update(highest - distance, lowest + distance)
    }
}
