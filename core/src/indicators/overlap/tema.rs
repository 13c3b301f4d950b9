//! Triple Exponential Moving Average.

use crate::kernels::Triple;
use crate::{Indicator, Update};

crate::indicator! {
    /// An exponential average whose lag is taken off twice: closer to the price than `dema`, and more nervous.
    ///
    /// # Formula
    ///
    /// `e1 = ema(x, period)`, `e2 = ema(e1, period)`, `e3 = ema(e2, period)`, `tema = 3 · e1 - 3 · e2 + e3`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `3 · (period - 1)`.
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
    /// Tema::new(2)?.compute([&[1.0, 3.0, 5.0, 7.0]], [&mut out])?;
    /// assert_eq!(out[3], 7.0); // no lag on a straight line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Mulloy, "Smoothing Data with Less Lag", Technical Analysis of Stocks & Commodities 12:2, 1994. TA-Lib `TEMA`.
    pub struct Tema("tema", "Triple Exponential Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [tema: Line]
    talib TEMA(period: timeperiod)
}

impl Indicator for Tema {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TemaState;

    fn lookback(&self) -> usize {
        3 * (self.period - 1)
    }

    fn state(&self) -> TemaState {
        TemaState { average: Triple::new(self.period) }
    }
}

crate::state! {
    /// State of [`Tema`].
    pub struct TemaState {
        average: Triple,
    }
}

impl Update for TemaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
