//! Profit Maximizer.

use crate::kernels::{Average, AverageRange, Ratchet};
use crate::{FirstRange, Indicator, MaType, Update};

crate::indicator! {
    /// The stops of `supertrend` around a moving average instead of the price, and turned by it: fewer false turns.
    /// `direction` is +1 in an up-trend, -1 in a down-trend.
    ///
    /// # Formula
    ///
    /// `average = ma((high + low) / 2, period)`, `d = multiplier · atr(atr_period)`. The stop below is `average - d`,
    /// or its value before if that is higher and the average was above it; the stop above likewise. The trend turns up
    /// when the average passes the previous stop above, down when it passes the previous stop below. `pmax` is the stop
    /// below in an up-trend, above in a down-trend.
    ///
    /// # Warm-up
    ///
    /// The first values stand where both average and range have their first: row `max(period - 1, atr_period)` with an
    /// exponential average. It begins in an up-trend. `first` lets the range begin a row earlier.
    ///
    /// # Edge cases
    ///
    /// On a flat series stop and average are exactly the price.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut stop, mut average, mut direction] = [[0.0; 3]; 3];
    /// let pmax = Pmax::new(2, 2, 1.0, MaType::Ema)?;
    /// pmax.compute([&[11.0; 3], &[9.0; 3], &[10.0; 3]], [&mut stop, &mut average, &mut direction])?;
    /// assert_eq!([stop[2], average[2], direction[2]], [8.0, 10.0, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Özbilgiç, Profit Maximizer for TradingView, 2020. pandas-ta `pmax` averages the close.
    pub struct Pmax("pmax", "Profit Maximizer", Overlap) {
        /// Averaging length in bars.
        period: usize = 10, 1..=100_000;
        /// Length of the average true range in bars.
        atr_period: usize = 10, 1..=100_000;
        /// Average true ranges from the average to a stop.
        multiplier: f64 = 3.0, 0.0..=3e37;
        /// Kind of moving average.
        ma: MaType = "ema";
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [pmax: Line, average: Line, direction: Direction]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Pmax {
    type In = [f64; 3];
    type Out = [f64; 3];
    type State = PmaxState;

    fn lookback(&self) -> usize {
        Average::lookback(self.ma, self.period).max(AverageRange::lookback(self.atr_period, self.first))
    }

    fn state(&self) -> PmaxState {
        PmaxState {
            multiplier: self.multiplier,
            average: Average::new(self.ma, self.period),
            range: AverageRange::new(self.atr_period, self.first),
            stops: Ratchet::new(),
        }
    }
}

crate::state! {
    /// State of [`Pmax`].
    pub struct PmaxState {
        multiplier: f64,
        average: Average,
        range: AverageRange,
        stops: Ratchet,
    }
}

impl Update for PmaxState {
    type In = [f64; 3];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 3]> {
        let [high, low, _] = bar;
        let (average, range) = (self.average.update(0.5 * (high + low)), self.range.update(bar));
        let (average, distance) = (average?, range? * self.multiplier);
        let (stop, rising) = self.stops.update(average, distance);
        Some([stop, average, if rising { 1.0 } else { -1.0 }])
    }
}
