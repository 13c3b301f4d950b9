//! Hull Moving Average.

use crate::kernels::Average;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// A weighted average of twice the fast average less the slow one: smooth, with almost no lag.
    ///
    /// # Formula
    ///
    /// `hma = wma(2 · wma(x, ⌊period / 2⌋) - wma(x, period), ⌊√period⌋)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + ⌊√period⌋ - 2`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 5];
    /// Hma::new(4)?.compute([&[1.0, 2.0, 3.0, 4.0, 5.0]], [&mut out])?;
    /// assert!((out[4] - 5.0).abs() < 1e-12); // no lag on a straight line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hull, "How to reduce lag in a moving average", 2005. TA-Lib `HMA`.
    pub struct Hma("hma", "Hull Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [hma: Line]
    talib HMA(period: timeperiod)
}

impl Indicator for Hma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HmaState;

    fn lookback(&self) -> usize {
        Average::lookback(MaType::Hma, self.period)
    }

    fn state(&self) -> HmaState {
        HmaState { average: Average::new(MaType::Hma, self.period) }
    }
}

crate::state! {
    /// State of [`Hma`].
    pub struct HmaState {
        average: Average,
    }
}

impl Update for HmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
