//! Qstick.

use crate::kernels::Simple;
use crate::{Indicator, Update};

crate::indicator! {
    /// The mean body of the last `period` bars: positive when buyers prevail.
    ///
    /// # Formula
    ///
    /// `qstick = sma(close - open, period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// None.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Qstick::new(2)?.compute([&[1.0, 2.0], &[4.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[1], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande, "The New Technical Trader", 1994. TA-Lib `QSTICK`.
    pub struct Qstick("qstick", "Qstick", Momentum) {
        /// Averaging length in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Open, Close]
    outputs pane [qstick: Line]
    talib QSTICK(period: timeperiod)
}

impl Indicator for Qstick {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = QstickState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> QstickState {
        QstickState { average: Simple::new(self.period) }
    }
}

crate::state! {
    /// State of [`Qstick`].
    pub struct QstickState {
        average: Simple,
    }
}

impl Update for QstickState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, close]: [f64; 2]) -> Option<[f64; 1]> {
        self.average.update(close - open).map(|value| [value])
    }
}
