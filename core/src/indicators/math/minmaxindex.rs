//! Rows of the Lowest and Highest Value.

use crate::kernels::{HighestRow, LowestRow};
use crate::{Indicator, Update};

crate::indicator! {
    /// In which rows the lowest and the highest of the last `period` values stand.
    ///
    /// # Formula
    ///
    /// See `minindex` and `maxindex`.
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
    /// use atra_core::indicators::math::Minmaxindex;
    /// use atra_core::prelude::*;
    ///
    /// let [mut min, mut max] = [[0.0; 3]; 2];
    /// Minmaxindex::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut min, &mut max])?;
    /// assert_eq!((min[2], max[2]), (2.0, 1.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MINMAXINDEX`.
    pub struct Minmaxindex("minmaxindex", "Rows of the Lowest and Highest Value", Math) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [minindex: Line, maxindex: Line]
    talib MINMAXINDEX(period: timeperiod)
}

impl Indicator for Minmaxindex {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = MinmaxindexState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MinmaxindexState {
        MinmaxindexState { min: LowestRow::new(self.period), max: HighestRow::new(self.period) }
    }
}

crate::state! {
    /// State of [`Minmaxindex`].
    pub struct MinmaxindexState {
        min: LowestRow,
        max: HighestRow,
    }
}

impl Update for MinmaxindexState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let (min, max) = (self.min.update(x), self.max.update(x));
        Some([min?, max?])
    }
}
