//! Average True Range Trailing Stop.

use crate::kernels::AverageRange;
use crate::{FirstRange, Indicator, Update, num};

crate::indicator! {
    /// A stop that follows the close at a multiple of the average true range, never away from it, and changes sides
    /// when the close breaks it. `direction` is +1 while it trails below the price, -1 while above.
    ///
    /// # Formula
    ///
    /// `loss = multiplier · atr(period)`. Rising: the stop is `max(stop, close - loss)`; on a close below the stop
    /// before it turns to `close + loss`. Falling: `min(stop, close + loss)`; on a close above the stop before it turns
    /// to `close - loss`.
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`, rising, at `close - loss`. A row earlier where the first bar has a true
    /// range (`first`).
    ///
    /// # Edge cases
    ///
    /// On a flat series the stop is the price and keeps rising.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, close) = ([11.0; 4], [9.0; 4], [10.0, 10.0, 10.0, 1.0]);
    /// let [mut stop, mut direction] = [[0.0; 4]; 2];
    /// Atrts::new(2, 1.0)?.compute([&high, &low, &close], [&mut stop, &mut direction])?;
    /// assert_eq!((stop[2], direction[2]), (8.0, 1.0));
    /// assert_eq!((stop[3], direction[3]), (3.0, -1.0)); // the close breaks it
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Vervoort, "Average True Range Trailing Stops", Technical Analysis of Stocks & Commodities 27:6, 2009.
    pub struct Atrts("atrts", "Average True Range Trailing Stop", Overlap) {
        /// Length of the average true range in bars.
        period: usize = 5, 1..=100_000;
        /// Average true ranges from the close to the stop.
        multiplier: f64 = 3.5, 0.0..=3e37;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [atrts: Line, direction: Direction]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Atrts {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = AtrtsState;

    fn lookback(&self) -> usize {
        AverageRange::lookback(self.period, self.first)
    }

    fn state(&self) -> AtrtsState {
        AtrtsState {
            multiplier: self.multiplier,
            range: AverageRange::new(self.period, self.first),
            stop: None,
            falling: false,
        }
    }
}

crate::state! {
    /// State of [`Atrts`].
    pub struct AtrtsState {
        multiplier: f64,
        range: AverageRange,
        stop: Option<f64>,
        falling: bool,
    }
}

impl Update for AtrtsState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 2]> {
        let [_, _, close] = bar;
        let loss = self.range.update(bar)? * self.multiplier;
        let before = self.stop.unwrap_or(close - loss);
        let turns = if self.falling { close > before } else { close < before };
        self.falling ^= turns;
        let stop = if self.falling { close + loss } else { close - loss };
        let kept = if self.falling { num::min(stop, before) } else { num::max(stop, before) };
        let stop = if turns { stop } else { kept };
        self.stop = Some(stop);
        Some([stop, if self.falling { -1.0 } else { 1.0 }])
    }
}
