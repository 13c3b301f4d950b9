//! Average Directional Movement Index Rating.

use crate::kernels::{Delay, DirectionalAverage};
use crate::{Indicator, MovementSeed, Update};

crate::indicator! {
    /// The mean of `adx` now and `period - 1` bars ago.
    ///
    /// # Formula
    ///
    /// `adxr[i] = (adx[i] + adx[i-period+1]) / 2`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `3 · period - 2`.
    ///
    /// # Edge cases
    ///
    /// As `adx`.
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
    /// Adxr::new(2)?.compute([&high, &low, &low], [&mut out])?;
    /// assert_eq!(out[4], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 4. TA-Lib `ADXR`.
    pub struct Adxr("adxr", "Average Directional Movement Index Rating", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    seeding {
        /// How many bars the sums are seeded with.
        seed: MovementSeed = "short";
    }
    inputs [High, Low, Close]
    outputs pane [adxr: Line]
    talib ADXR(period: timeperiod)
    conventions [TradingView { seed: "full" }, Wilder { seed: "full" }]
}

impl Indicator for Adxr {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = AdxrState;

    fn lookback(&self) -> usize {
        3 * self.period - 2
    }

    fn state(&self) -> AdxrState {
        AdxrState { adx: DirectionalAverage::new(self.period, self.seed), past: Delay::new(self.period - 1) }
    }
}

crate::state! {
    /// State of [`Adxr`].
    pub struct AdxrState {
        adx: DirectionalAverage,
        past: Delay,
    }
}

impl Update for AdxrState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        let adx = self.adx.update(bar)?;
        self.past.push(adx).map(|past| [0.5 * (adx + past)])
    }
}
