//! Moving Average.

use crate::kernels::Average;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// Any moving average, chosen by name.
    ///
    /// # Formula
    ///
    /// That of the chosen kind with its usual constants: `t3` with a factor of 0.7, `mama` with limits 0.5 and 0.05 (it
    /// has no period), `alma` with sigma 6 and offset 0.85, `vidya` with momentum over `⌊(3 · period + 2) / 4⌋` bars.
    ///
    /// # Warm-up
    ///
    /// That of the chosen kind.
    ///
    /// # Edge cases
    ///
    /// A period of 1, or the kind `none`, gives the input.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Ma::new(3, MaType::Wma)?.compute([&[6.0, 12.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 8.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// See the indicator of each kind. TA-Lib `MA`.
    pub struct Ma("ma", "Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 30, 1..=100_000;
        /// Kind of moving average.
        ma: MaType = "sma";
    }
    inputs [Close]
    outputs overlay [ma: Line]
    talib MA(period: timeperiod, ma: matype)
}

impl Indicator for Ma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MaState;

    fn lookback(&self) -> usize {
        Average::lookback(self.ma, self.period)
    }

    fn state(&self) -> MaState {
        MaState { average: Average::new(self.ma, self.period) }
    }
}

crate::state! {
    /// State of [`Ma`].
    pub struct MaState {
        average: Average,
    }
}

impl Update for MaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
