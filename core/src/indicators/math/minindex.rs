//! Row of the Lowest Value.

use crate::kernels::LowestRow;
use crate::{Indicator, Update};

crate::indicator! {
    /// In which row the lowest of the last `period` values stands.
    ///
    /// # Formula
    ///
    /// `minindex[i]` = the row of `min(x[i-period+1] … x[i])`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Rows are counted from 0, gaps left out. Of equal values a newer one takes over at once; when the row named
    /// leaves the window, the oldest of equal ones does. That is TA-Lib's choice, and depends on where the series
    /// begins.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Minindex;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Minindex::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1..], [0.0, 2.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MININDEX`.
    pub struct Minindex("minindex", "Row of the Lowest Value", Math) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [minindex: Line]
    talib MININDEX(period: timeperiod)
}

impl Indicator for Minindex {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MinindexState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MinindexState {
        MinindexState { row: LowestRow::new(self.period) }
    }
}

crate::state! {
    /// State of [`Minindex`].
    pub struct MinindexState {
        row: LowestRow,
    }
}

impl Update for MinindexState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.row.update(x).map(|row| [row])
    }
}
