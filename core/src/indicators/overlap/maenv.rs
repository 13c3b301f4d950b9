//! Moving Average Envelope.

use crate::kernels::Average;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// A moving average with a band of a fixed percentage on either side.
    ///
    /// # Formula
    ///
    /// `middle = ma(x, period)`, `upper, lower = middle ± middle · percent / 100`
    ///
    /// # Warm-up
    ///
    /// The first values stand where the average has its first: row `period - 1` with a simple one.
    ///
    /// # Edge cases
    ///
    /// With a percentage of 0 the three bands are equal.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 2]; 3];
    /// Maenv::new(2, 10.0, MaType::Sma)?.compute([&[9.0, 11.0]], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[1], middle[1], lower[1]], [11.0, 10.0, 9.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 9. As Stock.Indicators' and TradingView's
    /// envelopes.
    pub struct Maenv("maenv", "Moving Average Envelope", Overlap) {
        /// Averaging length in bars.
        period: usize = 20, 1..=100_000;
        /// Per cent from the middle to a band.
        percent: f64 = 2.5, 0.0..=1e6;
        /// Kind of moving average.
        ma: MaType = "sma";
    }
    inputs [Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
}

impl Indicator for Maenv {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = MaenvState;

    fn lookback(&self) -> usize {
        Average::lookback(self.ma, self.period)
    }

    fn state(&self) -> MaenvState {
        MaenvState { percent: self.percent, average: Average::new(self.ma, self.period) }
    }
}

crate::state! {
    /// State of [`Maenv`].
    pub struct MaenvState {
        percent: f64,
        average: Average,
    }
}

impl Update for MaenvState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let middle = self.average.update(x)?;
        let width = middle * self.percent / 100.0;
        Some([middle + width, middle, middle - width])
    }
}
