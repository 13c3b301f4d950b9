//! Zero-Lag Exponential Moving Average.

use crate::kernels::{Average, ZeroLag};
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// An exponential average over the price plus its change since half a period ago, which leads by about what the
    /// average lags.
    ///
    /// # Formula
    ///
    /// `zlema = ema(2 · x[i] - x[i-lag], period)` with `lag = ⌊(period - 1) / 2⌋`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `lag + period - 1`.
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
    /// Zlema::new(3)?.compute([&[1.0, 2.0, 3.0, 4.0, 5.0]], [&mut out])?;
    /// assert_eq!(out[3..], [4.0, 5.0]); // no lag on a straight line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers and Way, "Zero Lag (Well, Almost)", Technical Analysis of Stocks & Commodities 28:12, 2010. TA-Lib
    /// `ZLEMA`.
    pub struct Zlema("zlema", "Zero-Lag Exponential Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [zlema: Line]
    talib ZLEMA(period: timeperiod)
}

impl Indicator for Zlema {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ZlemaState;

    fn lookback(&self) -> usize {
        Average::lookback(MaType::Zlema, self.period)
    }

    fn state(&self) -> ZlemaState {
        ZlemaState { average: ZeroLag::new(self.period) }
    }
}

crate::state! {
    /// State of [`Zlema`].
    pub struct ZlemaState {
        average: ZeroLag,
    }
}

impl Update for ZlemaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
