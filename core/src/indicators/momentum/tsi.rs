//! True Strength Index.

use crate::kernels::Twice;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price's changes smoothed twice, against the same of their sizes: -100 to 100.
    ///
    /// # Formula
    ///
    /// `tsi = 100 · ema(ema(change, first), second) / ema(ema(|change|, first), second)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `first + second - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 when nothing has moved.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Tsi::new(1, 1)?.compute([&[1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Blau, "Momentum, Direction, and Divergence", 1995. TA-Lib `TSI`.
    pub struct Tsi("tsi", "True Strength Index", Momentum) {
        /// First smoothing in bars.
        first: usize = 25, 1..=100_000;
        /// Second smoothing in bars.
        second: usize = 13, 1..=100_000;
    }
    inputs [Close]
    outputs pane [tsi: Line]
    talib TSI(first: firstperiod, second: secondperiod)
}

impl Indicator for Tsi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TsiState;

    fn lookback(&self) -> usize {
        self.first + self.second - 1
    }

    fn state(&self) -> TsiState {
        TsiState { before: None, changes: Twice::new(self.first, self.second) }
    }
}

crate::state! {
    /// State of [`Tsi`].
    pub struct TsiState {
        /// The previous value.
        before: Option<f64>,
        /// Of changes and of their sizes.
        changes: Twice<2>,
    }
}

impl Update for TsiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = x - self.before.replace(x)?;
        let [change, size] = self.changes.update_each([change, change.abs()])?;
        Some([if size > 0.0 { 100.0 * change / size } else { 0.0 }])
    }
}
