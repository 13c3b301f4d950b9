//! Inverse Fisher Transform of RSI.

use crate::kernels::{LinearlyWeighted, RelativeStrength};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The relative strength index, smoothed and pressed towards -1 and +1, so that it says yes or no: buy above -0.5
    /// from below, sell below +0.5 from above.
    ///
    /// # Formula
    ///
    /// `v = wma(0.1 · (rsi(x, period) - 50), smoothing)`, `ift_rsi = (exp(2 · v) - 1) / (exp(2 · v) + 1)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + smoothing - 1`.
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
    /// IftRsi::new(2, 2)?.compute([&[1.0, 2.0, 3.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[3], 5.0_f64.tanh()); // only gains
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "The Inverse Fisher Transform", Technical Analysis of Stocks & Commodities 22:5, 2004.
    pub struct IftRsi("ift_rsi", "Inverse Fisher Transform of RSI", Momentum) {
        /// Averaging length of gains and losses in bars.
        period: usize = 5, 1..=100_000;
        /// Length of the weighted average in bars.
        smoothing: usize = 9, 1..=100_000;
    }
    inputs [Close]
    outputs pane [ift_rsi: Line]
}

impl Indicator for IftRsi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = IftRsiState;

    fn lookback(&self) -> usize {
        self.period + self.smoothing - 1
    }

    fn state(&self) -> IftRsiState {
        IftRsiState {
            strength: RelativeStrength::new(self.period),
            average: LinearlyWeighted::new(self.smoothing),
        }
    }
}

crate::state! {
    /// State of [`IftRsi`].
    pub struct IftRsiState {
        strength: RelativeStrength,
        average: LinearlyWeighted,
    }
}

impl Update for IftRsiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let strength = self.strength.update(x)?;
        self.average.update(0.1 * (strength - 50.0)).map(|value| [num::tanh(value)])
    }
}
