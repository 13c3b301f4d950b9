//! Midpoint Price.

use crate::kernels::{Highest, Lowest, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The middle between the highest high and the lowest low of the last `period` bars.
    ///
    /// # Formula
    ///
    /// `midprice = (max(high) + min(low)) / 2` over the window
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
    /// Midprice::new(2)?.compute([&[4.0, 6.0], &[2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 4.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MIDPRICE`.
    pub struct Midprice("midprice", "Midpoint Price", Overlap) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low]
    outputs overlay [midprice: Line]
    talib MIDPRICE(period: timeperiod)
}

impl Indicator for Midprice {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = MidpriceState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MidpriceState {
        MidpriceState { upper: Window::new(self.period), lower: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Midprice`].
    pub struct MidpriceState {
        upper: Window<Highest>,
        lower: Window<Lowest>,
    }
}

impl Update for MidpriceState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let (upper, lower) = (self.upper.push(high), self.lower.push(low));
        Some([0.5 * (upper?.fold.0 + lower?.fold.0)])
    }
}
