//! Double Exponential Moving Average.

use crate::kernels::Double;
use crate::{Indicator, Update};

crate::indicator! {
    /// An exponential average with most of its lag taken off: twice the average less the average of the average.
    ///
    /// # Formula
    ///
    /// `e1 = ema(x, period)`, `e2 = ema(e1, period)`, `dema = 2 · e1 - e2`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · (period - 1)`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A flat series gives exactly its value. Overshoots after a jump.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Dema::new(2)?.compute([&[1.0, 3.0, 5.0, 7.0]], [&mut out])?;
    /// assert_eq!(out[2..], [5.0, 7.0]); // no lag on a straight line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Mulloy, "Smoothing Data with Faster Moving Averages", Technical Analysis of Stocks & Commodities 12:1, 1994.
    /// TA-Lib `DEMA`.
    pub struct Dema("dema", "Double Exponential Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [dema: Line]
    talib DEMA(period: timeperiod)
}

impl Indicator for Dema {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DemaState;

    fn lookback(&self) -> usize {
        2 * (self.period - 1)
    }

    fn state(&self) -> DemaState {
        DemaState { average: Double::new(self.period) }
    }
}

crate::state! {
    /// State of [`Dema`].
    pub struct DemaState {
        average: Double,
    }
}

impl Update for DemaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
