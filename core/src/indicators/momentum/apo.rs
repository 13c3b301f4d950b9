//! Absolute Price Oscillator.

use crate::kernels::Difference;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// The distance between a fast and a slow moving average.
    ///
    /// # Formula
    ///
    /// `apo = ma(x, fast) - ma(x, slow)`
    ///
    /// # Warm-up
    ///
    /// The first value stands where the slower average has its first.
    ///
    /// # Edge cases
    ///
    /// `fast` and `slow` change places when `fast` is the longer.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Apo::new(2, 3, MaType::Sma)?.compute([&[1.0, 2.0, 6.0]], [&mut out])?;
    /// assert!((out[2] - 1.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Appel; Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `APO`.
    pub struct Apo("apo", "Absolute Price Oscillator", Momentum) {
        /// Averaging length in bars.
        fast: usize = 12, 2..=100_000;
        /// Averaging length in bars.
        slow: usize = 26, 2..=100_000;
        /// Kind of both averages.
        ma: MaType = "ema";
    }
    inputs [Close]
    outputs pane [apo: Line]
    talib APO(fast: fastperiod, slow: slowperiod, ma: matype)
}

impl Indicator for Apo {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ApoState;

    fn lookback(&self) -> usize {
        Difference::lookback(self.ma, self.fast, self.slow)
    }

    fn state(&self) -> ApoState {
        ApoState { difference: Difference::new(self.ma, self.fast, self.slow) }
    }
}

crate::state! {
    /// State of [`Apo`].
    pub struct ApoState {
        difference: Difference,
    }
}

impl Update for ApoState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.difference.update(x).map(|pair| [pair.gap()])
    }
}
