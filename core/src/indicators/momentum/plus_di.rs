//! Plus Directional Indicator.

use crate::kernels::Directional;
use crate::{Indicator, MovementSeed, Update};

crate::indicator! {
    /// The share of the true range that went upwards, 0 to 100.
    ///
    /// # Formula
    ///
    /// `plus_di = 100 · plus_dm / sum(true range)`, the range summed as the movement
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where there is no range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// PlusDi::new(2)?.compute([&[2.0, 3.0, 4.0], &[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 4. TA-Lib `PLUS_DI`.
    pub struct PlusDi("plus_di", "Plus Directional Indicator", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    seeding {
        /// How many bars the sums are seeded with.
        seed: MovementSeed = "short";
    }
    inputs [High, Low, Close]
    outputs pane [plus_di: Line]
    talib PLUS_DI(period: timeperiod)
    conventions [TradingView { seed: "full" }, Wilder { seed: "full" }]
}

impl Indicator for PlusDi {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = PlusDiState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> PlusDiState {
        PlusDiState { directional: Directional::new(self.period, self.seed) }
    }
}

crate::state! {
    /// State of [`PlusDi`].
    pub struct PlusDiState {
        directional: Directional,
    }
}

impl Update for PlusDiState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        let sums = self.directional.update(bar).filter(|sums| sums.whole)?;
        Some([if sums.range > 0.0 { 100.0 * (sums.up / sums.range) } else { 0.0 }])
    }
}
