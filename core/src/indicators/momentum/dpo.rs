//! Detrended Price Oscillator.

use crate::kernels::{Delay, Simple};
use crate::{Indicator, Update};

crate::indicator! {
    /// An earlier price against the average now: cycles shorter than the period stand out, the trend is gone.
    ///
    /// # Formula
    ///
    /// `dpo[i] = x[i - (period / 2 + 1)] - sma(x, period)[i]`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(period - 1, period / 2 + 1)`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Dpo::new(4)?.compute([&[5.0, 1.0, 1.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[3], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `DPO`.
    pub struct Dpo("dpo", "Detrended Price Oscillator", Momentum) {
        /// Averaging length in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [Close]
    outputs pane [dpo: Line]
    talib DPO(period: timeperiod)
}

impl Indicator for Dpo {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DpoState;

    fn lookback(&self) -> usize {
        (self.period - 1).max(self.period / 2 + 1)
    }

    fn state(&self) -> DpoState {
        DpoState { past: Delay::new(self.period / 2 + 1), average: Simple::new(self.period) }
    }
}

crate::state! {
    /// State of [`Dpo`].
    pub struct DpoState {
        past: Delay,
        average: Simple,
    }
}

impl Update for DpoState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (past, average) = (self.past.push(x), self.average.update(x));
        Some([past? - average?])
    }
}
