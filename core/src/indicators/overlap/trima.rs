//! Triangular Moving Average.

use crate::kernels::Triangular;
use crate::{Indicator, Update};

crate::indicator! {
    /// A mean of means: the weights rise to the middle of the window and fall again, so both its ends count little.
    ///
    /// # Formula
    ///
    /// `trima = sma(sma(x, ⌈period / 2⌉), period + 1 - ⌈period / 2⌉)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
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
    /// let mut out = [0.0; 3];
    /// Trima::new(3)?.compute([&[1.0, 5.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0); // (1 + 2·5 + 1) / 4
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kirkpatrick and Dahlquist, "Technical Analysis", 2010, ch. 14. TA-Lib `TRIMA`.
    pub struct Trima("trima", "Triangular Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [trima: Line]
    talib TRIMA(period: timeperiod)
}

impl Indicator for Trima {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TrimaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> TrimaState {
        TrimaState { average: Triangular::new(self.period) }
    }
}

crate::state! {
    /// State of [`Trima`].
    pub struct TrimaState {
        average: Triangular,
    }
}

impl Update for TrimaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
