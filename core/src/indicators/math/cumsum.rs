//! Cumulative Sum.

use crate::kernels::Compensated;
use crate::{Indicator, Update};

crate::indicator! {
    /// A running total.
    ///
    /// # Formula
    ///
    /// `cumsum[i] = x[0] + x[1] + … + x[i]`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// The level depends on where the series begins. Summed with Neumaier's compensation, so error does not grow with
    /// length.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Cumsum;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Cumsum::default().compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out, [1.0, 3.0, 6.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974. TA-Lib `CUMSUM`.
    pub struct Cumsum("cumsum", "Cumulative Sum", Math) {}
    inputs [Close]
    outputs pane [cumsum: Line]
    talib CUMSUM()
}

impl Indicator for Cumsum {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CumsumState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> CumsumState {
        CumsumState { total: Compensated::default() }
    }
}

crate::state! {
    /// State of [`Cumsum`].
    pub struct CumsumState {
        total: Compensated,
    }
}

impl Update for CumsumState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([self.total.add(x)])
    }
}
