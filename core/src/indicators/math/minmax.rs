//! Lowest and Highest Value.

use crate::kernels::{Highest, Lowest, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The lowest and the highest of the last `period` values.
    ///
    /// # Formula
    ///
    /// `min[i] = min(x[i-period+1] … x[i])`, `max[i]` likewise
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input twice.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Minmax;
    /// use atra_core::prelude::*;
    ///
    /// let [mut min, mut max] = [[0.0; 3]; 2];
    /// Minmax::new(2)?.compute([&[1.0, 3.0, 2.0]], [&mut min, &mut max])?;
    /// assert_eq!((min[2], max[2]), (2.0, 3.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MINMAX`.
    pub struct Minmax("minmax", "Lowest and Highest Value", Math) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [min: Lower, max: Upper]
    talib MINMAX(period: timeperiod)
}

impl Indicator for Minmax {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = MinmaxState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MinmaxState {
        MinmaxState { min: Window::new(self.period), max: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Minmax`].
    pub struct MinmaxState {
        min: Window<Lowest>,
        max: Window<Highest>,
    }
}

impl Update for MinmaxState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let (min, max) = (self.min.push(x), self.max.push(x));
        Some([min?.fold.0, max?.fold.0])
    }
}
