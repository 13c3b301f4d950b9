//! Average True Range Bands.

use crate::kernels::AverageRange;
use crate::{FirstRange, Indicator, Update};

crate::indicator! {
    /// The close with average true ranges on either side: where a stop or a target of that size would lie.
    ///
    /// # Formula
    ///
    /// `upper, lower = close ± multiplier · atr(period)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`. A row earlier where the first bar has a true range (`first`).
    ///
    /// # Edge cases
    ///
    /// On a flat series both bands are exactly the price.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut lower] = [[0.0; 3]; 2];
    /// Atrbands::new(2, 1.0)?.compute([&[11.0; 3], &[9.0; 3], &[10.0; 3]], [&mut upper, &mut lower])?;
    /// assert_eq!([upper[2], lower[2]], [12.0, 8.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, for the range; as ATR Bands on TradingView.
    pub struct Atrbands("atrbands", "Average True Range Bands", Overlap) {
        /// Length of the average true range in bars.
        period: usize = 14, 1..=100_000;
        /// Average true ranges from the close to a band.
        multiplier: f64 = 3.0, 0.0..=3e37;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [upper: Upper, lower: Lower]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Atrbands {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = AtrbandsState;

    fn lookback(&self) -> usize {
        AverageRange::lookback(self.period, self.first)
    }

    fn state(&self) -> AtrbandsState {
        AtrbandsState { multiplier: self.multiplier, range: AverageRange::new(self.period, self.first) }
    }
}

crate::state! {
    /// State of [`Atrbands`].
    pub struct AtrbandsState {
        multiplier: f64,
        range: AverageRange,
    }
}

impl Update for AtrbandsState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 2]> {
        let [_, _, close] = bar;
        let width = self.range.update(bar)? * self.multiplier;
        Some([close + width, close - width])
    }
}
