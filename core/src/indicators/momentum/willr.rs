//! Williams %R.

use crate::kernels::Range;
use crate::{Indicator, Update};

crate::indicator! {
    /// Where the close stands in the recent range, from -100 (at the low) to 0 (at the high).
    ///
    /// # Formula
    ///
    /// `willr = -100 · (highest high - close) / (highest high - lowest low)` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where the range is zero (to within rounding).
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Willr::new(2)?.compute([&[4.0, 6.0], &[2.0, 3.0], &[3.0, 5.0]], [&mut out])?;
    /// assert_eq!(out[1], -25.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "How I Made One Million Dollars", 1973. TA-Lib `WILLR`.
    pub struct Willr("willr", "Williams %R", Momentum) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [willr: Line]
    talib WILLR(period: timeperiod)
}

impl Indicator for Willr {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = WillrState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> WillrState {
        WillrState { range: Range::new(self.period) }
    }
}

crate::state! {
    /// State of [`Willr`].
    pub struct WillrState {
        range: Range,
    }
}

impl Update for WillrState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let [highest, lowest] = self.range.update(high, low)?;
        Some([if Range::is_flat(highest, lowest) {
            0.0
        } else {
            (highest - close) / (highest - lowest) * -100.0
        }])
    }
}
