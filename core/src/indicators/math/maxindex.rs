//! Row of the Highest Value.

use crate::kernels::HighestRow;
use crate::{Indicator, Update};

crate::indicator! {
    /// In which row the highest of the last `period` values stands.
    ///
    /// # Formula
    ///
    /// `maxindex[i]` = the row of `max(x[i-period+1] … x[i])`
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
    /// use atra_core::indicators::math::Maxindex;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Maxindex::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1..], [1.0, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MAXINDEX`.
    pub struct Maxindex("maxindex", "Row of the Highest Value", Math) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [maxindex: Line]
    talib MAXINDEX(period: timeperiod)
}

impl Indicator for Maxindex {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MaxindexState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MaxindexState {
        MaxindexState { row: HighestRow::new(self.period) }
    }
}

crate::state! {
    /// State of [`Maxindex`].
    pub struct MaxindexState {
        row: HighestRow,
    }
}

impl Update for MaxindexState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.row.update(x).map(|row| [row])
    }
}
