//! Average directional movement index.

use crate::kernels::DirectionalAverage;
use crate::{Indicator, MovementSeed, Update};

crate::indicator! {
    /// How strongly the market trends, from 0 to 100, whichever way it goes.
    ///
    /// # Formula
    ///
    /// A bar's directional movement is the larger of `high - previous high` (up) and `previous low - low` (down), if
    /// positive; the other one is 0. With Wilder's running sums over `period` of `up`, `down` and the true range:
    /// `di = 100 · sum / sum(range)`, `dx = 100 · |di_up - di_down| / (di_up + di_down)`, and `adx` is Wilder's average
    /// of `dx`.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · period - 1`.
    ///
    /// # Edge cases
    ///
    /// A bar for which `dx` is not defined (no range, or no directional movement) leaves `adx` as it was; during
    /// warm-up it counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Every bar a step up: all movement is in one direction.
    /// let low = [1.0, 2.0, 3.0, 4.0, 5.0];
    /// let high = low.map(|price| price + 1.0);
    /// let mut out = [0.0; 5];
    /// Adx::new(2)?.compute([&high, &low, &low], [&mut out])?;
    /// assert_eq!(out[3..], [100.0, 100.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 4. TA-Lib `ADX`.
    pub struct Adx("adx", "Average Directional Movement Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    seeding {
        /// How many bars the sums are seeded with.
        seed: MovementSeed = "short";
    }
    inputs [High, Low, Close]
    outputs pane [adx: Line]
    talib ADX(period: timeperiod)
    conventions [TradingView { seed: "full" }, Wilder { seed: "full" }]
}

impl Indicator for Adx {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = AdxState;

    fn lookback(&self) -> usize {
        2 * self.period - 1
    }

    fn state(&self) -> AdxState {
        AdxState { average: DirectionalAverage::new(self.period, self.seed) }
    }
}

crate::state! {
    /// State of [`Adx`].
    pub struct AdxState {
        average: DirectionalAverage,
    }
}

impl Update for AdxState {
    type In = [f64; 3];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        self.average.update(bar).map(|value| [value])
    }

    fn run(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        self.average.run(inputs, out);
    }
}
