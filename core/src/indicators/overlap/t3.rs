//! T3 Moving Average.

use crate::kernels::Tillson;
use crate::{Indicator, Update};

crate::indicator! {
    /// Tillson's average: six exponential averages in a row, mixed so that it is smooth and yet close to the price.
    ///
    /// # Formula
    ///
    /// `e1 … e6` are exponential averages, each of the one before. With `v = factor`:
    ///
    /// `t3 = (1 + 3v + 3v² + v³) · e3 - (3v + 6v² + 3v³) · e4 + (3v² + 3v³) · e5 - v³ · e6`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `6 · (period - 1)`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A factor of 0 gives the plain triple smoothing, 1 the strongest lag compensation.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 8];
    /// T3::new(2, 0.7)?.compute([&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]], [&mut out])?;
    /// assert!((out[7] - 7.55).abs() < 1e-12); // a straight line, half a bar · 3 · (1 - v) behind
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Tillson, "Better Moving Averages", Technical Analysis of Stocks & Commodities 16:1, 1998. TA-Lib `T3`.
    pub struct T3("t3", "T3 Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 5, 1..=100_000;
        /// Volume factor: how strongly lag is compensated.
        factor: f64 = 0.7, 0.0..=1.0;
    }
    inputs [Close]
    outputs overlay [t3: Line]
    talib T3(period: timeperiod, factor: vfactor)
}

impl Indicator for T3 {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = T3State;

    fn lookback(&self) -> usize {
        6 * (self.period - 1)
    }

    fn state(&self) -> T3State {
        T3State { average: Tillson::new(self.period, self.factor) }
    }
}

crate::state! {
    /// State of [`T3`].
    pub struct T3State {
        average: Tillson,
    }
}

impl Update for T3State {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
