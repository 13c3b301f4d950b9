//! Midpoint.

use crate::kernels::{Highest, Lowest, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The middle between the highest and the lowest of the last `period` values.
    ///
    /// # Formula
    ///
    /// `midpoint = (max(x) + min(x)) / 2` over the window
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
    /// let mut out = [0.0; 3];
    /// Midpoint::new(3)?.compute([&[1.0, 5.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MIDPOINT`.
    pub struct Midpoint("midpoint", "Midpoint", Overlap) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [midpoint: Line]
    talib MIDPOINT(period: timeperiod)
}

impl Indicator for Midpoint {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MidpointState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MidpointState {
        MidpointState { upper: Window::new(self.period), lower: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Midpoint`].
    pub struct MidpointState {
        upper: Window<Highest>,
        lower: Window<Lowest>,
    }
}

impl Update for MidpointState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (upper, lower) = (self.upper.push(x), self.lower.push(x));
        Some([0.5 * (upper?.fold.0 + lower?.fold.0)])
    }
}
