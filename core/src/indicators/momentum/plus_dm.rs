//! Plus Directional Movement.

use crate::kernels::Directional;
use crate::{Indicator, MovementSeed, Update};

crate::indicator! {
    /// Wilder's running sum of how far bars reach above the previous high when that is the larger reach.
    ///
    /// # Formula
    ///
    /// The bar's movement `up` as in `adx`, summed: the first `period - 1` values plainly, then `sum[i] = sum[i-1] -
    /// sum[i-1] / period + up[i]`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1` (row 1 when `period` is 1).
    ///
    /// # Edge cases
    ///
    /// Never negative.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// PlusDm::new(2)?.compute([&[2.0, 4.0, 6.0], &[1.0, 3.0, 5.0]], [&mut out])?;
    /// assert_eq!(out[1..], [2.0, 3.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 4. TA-Lib `PLUS_DM`.
    pub struct PlusDm("plus_dm", "Plus Directional Movement", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [plus_dm: Line]
    talib PLUS_DM(period: timeperiod)
}

impl Indicator for PlusDm {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = PlusDmState;

    fn lookback(&self) -> usize {
        (self.period - 1).max(1)
    }

    fn state(&self) -> PlusDmState {
        PlusDmState { directional: Directional::new(self.period, MovementSeed::Short) }
    }
}

crate::state! {
    /// State of [`PlusDm`].
    pub struct PlusDmState {
        directional: Directional,
    }
}

impl Update for PlusDmState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        Some([self.directional.update([high, low, low])?.up])
    }
}
