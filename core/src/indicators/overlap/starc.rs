//! Stoller Average Range Channel.

use crate::kernels::{AverageRange, Simple};
use crate::{FirstRange, Indicator, Update};

crate::indicator! {
    /// A simple average with a band of average true ranges on either side.
    ///
    /// # Formula
    ///
    /// `middle = sma(close, period)`, `upper, lower = middle ± multiplier · atr(atr_period)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(period - 1, atr_period)`. `first` lets the range begin a row earlier.
    ///
    /// # Edge cases
    ///
    /// On a flat series the three bands are exactly equal.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 3]; 3];
    /// Starc::new(2, 2, 1.0)?.compute([&[11.0; 3], &[9.0; 3], &[10.0; 3]], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[2], middle[2], lower[2]], [12.0, 10.0, 8.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Stoller, "Starc Bands", late 1980s; defaults as Stock.Indicators.
    pub struct Starc("starc", "Stoller Average Range Channel", Overlap) {
        /// Averaging length in bars.
        period: usize = 5, 1..=100_000;
        /// Length of the average true range in bars.
        atr_period: usize = 10, 1..=100_000;
        /// Average true ranges from the middle to a band.
        multiplier: f64 = 2.0, 0.0..=3e37;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Starc {
    type In = [f64; 3];
    type Out = [f64; 3];
    type State = StarcState;

    fn lookback(&self) -> usize {
        (self.period - 1).max(AverageRange::lookback(self.atr_period, self.first))
    }

    fn state(&self) -> StarcState {
        StarcState {
            multiplier: self.multiplier,
            average: Simple::new(self.period),
            range: AverageRange::new(self.atr_period, self.first),
        }
    }
}

crate::state! {
    /// State of [`Starc`].
    pub struct StarcState {
        multiplier: f64,
        average: Simple,
        range: AverageRange,
    }
}

impl Update for StarcState {
    type In = [f64; 3];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 3]> {
        let [_, _, close] = bar;
        let (middle, range) = (self.average.update(close), self.range.update(bar));
        let (middle, width) = (middle?, range? * self.multiplier);
        Some([middle + width, middle, middle - width])
    }
}
