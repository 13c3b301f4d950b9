//! Relative Momentum Index.

use crate::kernels::{Delay, RelativeStrength};
use crate::{Indicator, Update};

crate::indicator! {
    /// An RSI of the price's change over several bars instead of one: 0 to 100.
    ///
    /// # Formula
    ///
    /// `up` and `down` are Wilder's averages over `period` of the gains and losses of `x[i] - x[i-momentum]`; `rmi =
    /// 100 · up / (up + down)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `momentum + period - 1`.
    ///
    /// # Edge cases
    ///
    /// 50 when nothing has moved. With a `momentum` of 1 it is `rsi`.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Rmi::new(2, 2)?.compute([&[1.0, 3.0, 4.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[3], 75.0); // gains 3 and 0, losses 0 and 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Altman, "Relative Momentum Index: Modifying RSI", Technical Analysis of Stocks & Commodities 11:2, 1993.
    pub struct Rmi("rmi", "Relative Momentum Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 20, 1..=100_000;
        /// Distance of the change in bars.
        momentum: usize = 5, 1..=100_000;
    }
    inputs [Close]
    outputs pane [rmi: Line]
}

impl Indicator for Rmi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RmiState;

    fn lookback(&self) -> usize {
        self.momentum + self.period - 1
    }

    fn state(&self) -> RmiState {
        RmiState { past: Delay::new(self.momentum), strength: RelativeStrength::new(self.period) }
    }
}

crate::state! {
    /// State of [`Rmi`].
    pub struct RmiState {
        past: Delay,
        strength: RelativeStrength,
    }
}

impl Update for RmiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        self.strength.update_from(past, x).map(|value| [value])
    }
}
