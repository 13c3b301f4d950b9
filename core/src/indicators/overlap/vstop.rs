//! Volatility Stop.

use crate::kernels::AverageRange;
use crate::{FirstRange, Indicator, Update, num};

crate::indicator! {
    /// A stop some average true ranges from the best close since the last turn. `direction` is +1 while it trails below
    /// the price, -1 while above.
    ///
    /// # Formula
    ///
    /// `d = multiplier · atr(period)`. Rising: `stop = max(stop, highest close since the turn - d)`, and a close below
    /// it turns; falling: `stop = min(stop, lowest close since the turn + d)`, and a close at or above it turns. At a
    /// turn the closes are counted anew and the stop is `close ∓ d`.
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`, rising, at `close - d`. A row earlier where the first bar has a true
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
    /// Vstop::new(2, 1.0)?.compute([&high, &low, &close], [&mut stop, &mut direction])?;
    /// assert_eq!((stop[2], direction[2]), (8.0, 1.0));
    /// assert_eq!((stop[3], direction[3]), (3.0, -1.0)); // the close breaks it
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder's Volatility System, "New Concepts in Technical Trading Systems", 1978, ch. 3, in the form of
    /// TradingView's Volatility Stop.
    pub struct Vstop("vstop", "Volatility Stop", Overlap) {
        /// Length of the average true range in bars.
        period: usize = 20, 1..=100_000;
        /// Average true ranges from the best close to the stop.
        multiplier: f64 = 2.0, 0.0..=3e37;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [vstop: Line, direction: Direction]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Vstop {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = VstopState;

    fn lookback(&self) -> usize {
        AverageRange::lookback(self.period, self.first)
    }

    fn state(&self) -> VstopState {
        VstopState {
            multiplier: self.multiplier,
            range: AverageRange::new(self.period, self.first),
            trail: None,
            falling: false,
        }
    }
}

crate::state! {
    /// State of [`Vstop`].
    pub struct VstopState {
        multiplier: f64,
        range: AverageRange,
        /// Stop and best close.
        trail: Option<[f64; 2]>,
        falling: bool,
    }
}

impl Update for VstopState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 2]> {
        let [_, _, close] = bar;
        let distance = self.range.update(bar)? * self.multiplier;
        let [before, best] = self.trail.unwrap_or([close - distance, close]);
        let (best, stop) = if self.falling {
            let best = num::min(best, close);
            (best, num::min(before, best + distance))
        } else {
            let best = num::max(best, close);
            (best, num::max(before, best - distance))
        };
        let falling = close < stop;
        let turned = if falling { close + distance } else { close - distance };
        let [stop, best] = if falling == self.falling { [stop, best] } else { [turned, close] };
        self.falling = falling;
        self.trail = Some([stop, best]);
        Some([stop, if falling { -1.0 } else { 1.0 }])
    }
}
