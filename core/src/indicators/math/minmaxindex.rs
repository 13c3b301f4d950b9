//! Rows of the Lowest and Highest Value.

use crate::kernels::{PlacedHighest, PlacedLowest, Window};
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
    /// Rows are counted from 0, gaps left out; of equal values the newest counts.
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
        MinmaxindexState {
            period: self.period,
            rows: 0,
            min: Window::new(self.period),
            max: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Minmaxindex`].
    pub struct MinmaxindexState {
        period: usize,
        rows: usize,
        min: Window<PlacedLowest>,
        max: Window<PlacedHighest>,
    }
}

impl Update for MinmaxindexState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let oldest = (self.rows + 1).saturating_sub(self.period) as f64;
        self.rows = self.rows.saturating_add(1);
        let (min, max) = (self.min.push(x), self.max.push(x));
        Some([oldest + min?.fold.place, oldest + max?.fold.place])
    }
}
