//! Minus Directional Indicator.

use crate::kernels::Directional;
use crate::{Indicator, MovementSeed, Update};

crate::indicator! {
    /// The share of the true range that went downwards, 0 to 100.
    ///
    /// # Formula
    ///
    /// `minus_di = 100 · minus_dm / sum(true range)`, the range summed as the movement
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
    /// MinusDi::new(2)?.compute([&[4.0, 3.0, 2.0], &[3.0, 2.0, 1.0], &[4.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 4. TA-Lib `MINUS_DI`.
    pub struct MinusDi("minus_di", "Minus Directional Indicator", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    seeding {
        /// How many bars the sums are seeded with.
        seed: MovementSeed = "short";
    }
    inputs [High, Low, Close]
    outputs pane [minus_di: Line]
    talib MINUS_DI(period: timeperiod)
    conventions [TradingView { seed: "full" }, Wilder { seed: "full" }]
}

impl Indicator for MinusDi {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = MinusDiState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> MinusDiState {
        MinusDiState { directional: Directional::new(self.period, self.seed) }
    }
}

crate::state! {
    /// State of [`MinusDi`].
    pub struct MinusDiState {
        directional: Directional,
    }
}

impl Update for MinusDiState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        let sums = self.directional.update(bar).filter(|sums| sums.whole)?;
        Some([if sums.range > 0.0 { 100.0 * (sums.down / sums.range) } else { 0.0 }])
    }
}
