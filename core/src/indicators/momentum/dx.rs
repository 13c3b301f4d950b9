//! Directional Movement Index.

use crate::kernels::Directional;
use crate::{Indicator, MovementSeed, Update};

crate::indicator! {
    /// How one-sided the market's movement is, 0 to 100.
    ///
    /// # Formula
    ///
    /// `dx = 100 · |plus_di - minus_di| / (plus_di + minus_di)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A bar for which it is not defined (no range, or no movement) keeps the value before; 0 at first.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Dx::new(2)?.compute([&[2.0, 3.0, 4.0], &[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 4. TA-Lib `DX`.
    pub struct Dx("dx", "Directional Movement Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    seeding {
        /// How many bars the sums are seeded with.
        seed: MovementSeed = "short";
    }
    inputs [High, Low, Close]
    outputs pane [dx: Line]
    talib DX(period: timeperiod)
    conventions [TradingView { seed: "full" }, Wilder { seed: "full" }]
}

impl Indicator for Dx {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = DxState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> DxState {
        DxState { directional: Directional::new(self.period, self.seed), value: 0.0 }
    }
}

crate::state! {
    /// State of [`Dx`].
    pub struct DxState {
        directional: Directional,
        value: f64,
    }
}

impl Update for DxState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        let sums = self.directional.update(bar).filter(|sums| sums.whole)?;
        self.value = sums.index().unwrap_or(self.value);
        Some([self.value])
    }
}
