//! Chandelier Exit.

use crate::kernels::{AverageRange, Range};
use crate::{FirstRange, Indicator, Update};

crate::indicator! {
    /// Stops that hang from the highest high and stand on the lowest low of the window, some average true ranges away.
    ///
    /// # Formula
    ///
    /// `long = highest high - multiplier · atr(period)`, `short = lowest low + multiplier · atr(period)`, the extremes
    /// of the last `period` bars
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`. A row earlier where the first bar has a true range (`first`).
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
    /// let [mut long, mut short] = [[0.0; 3]; 2];
    /// Chandelier::new(2, 1.0)?.compute([&[11.0; 3], &[9.0; 3], &[10.0; 3]], [&mut long, &mut short])?;
    /// assert_eq!([long[2], short[2]], [9.0, 11.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Le Beau, in Elder, "Come Into My Trading Room", 2002. As Stock.Indicators and pandas-ta `ce`.
    pub struct Chandelier("chandelier", "Chandelier Exit", Overlap) {
        /// Window and length of the average true range in bars.
        period: usize = 22, 1..=100_000;
        /// Average true ranges from the extreme to the stop.
        multiplier: f64 = 3.0, 0.0..=3e37;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [long: Line, short: Line]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Chandelier {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = ChandelierState;

    fn lookback(&self) -> usize {
        AverageRange::lookback(self.period, self.first)
    }

    fn state(&self) -> ChandelierState {
        ChandelierState {
            multiplier: self.multiplier,
            extremes: Range::new(self.period),
            range: AverageRange::new(self.period, self.first),
        }
    }
}

crate::state! {
    /// State of [`Chandelier`].
    pub struct ChandelierState {
        multiplier: f64,
        extremes: Range,
        range: AverageRange,
    }
}

impl Update for ChandelierState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 2]> {
        let [high, low, _] = bar;
        let extremes = self.extremes.update(high, low);
        let distance = self.range.update(bar)? * self.multiplier;
        let [highest, lowest] = extremes?;
        Some([highest - distance, lowest + distance])
    }
}
