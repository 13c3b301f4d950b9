//! Percentage Price Oscillator.

use crate::kernels::Difference;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// The distance between a fast and a slow moving average, in per cent of the slow one: comparable between markets.
    ///
    /// # Formula
    ///
    /// `ppo = 100 · (ma(x, fast) - ma(x, slow)) / ma(x, slow)`
    ///
    /// # Warm-up
    ///
    /// The first value stands where the slower average has its first.
    ///
    /// # Edge cases
    ///
    /// `fast` and `slow` change places when `fast` is the longer. 0 where the slow average is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Ppo::new(2, 3, MaType::Sma)?.compute([&[1.0, 2.0, 6.0]], [&mut out])?;
    /// assert!((out[2] - 100.0 / 3.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Appel; Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `PPO`.
    pub struct Ppo("ppo", "Percentage Price Oscillator", Momentum) {
        /// Averaging length in bars.
        fast: usize = 12, 2..=100_000;
        /// Averaging length in bars.
        slow: usize = 26, 2..=100_000;
        /// Kind of both averages.
        ma: MaType = "ema";
    }
    inputs [Close]
    outputs pane [ppo: Line]
    talib PPO(fast: fastperiod, slow: slowperiod, ma: matype)
}

impl Indicator for Ppo {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PpoState;

    fn lookback(&self) -> usize {
        Difference::lookback(self.ma, self.fast, self.slow)
    }

    fn state(&self) -> PpoState {
        PpoState { difference: Difference::new(self.ma, self.fast, self.slow) }
    }
}

crate::state! {
    /// State of [`Ppo`].
    pub struct PpoState {
        difference: Difference,
    }
}

impl Update for PpoState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.difference.update(x).map(|pair| [pair.percent()])
    }
}
