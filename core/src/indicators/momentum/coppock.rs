//! Coppock Curve.

use crate::kernels::{Delay, LinearlyWeighted};
use crate::{Indicator, Update};

crate::indicator! {
    /// A weighted average of two rates of change: made to find the bottoms of long bear markets.
    ///
    /// # Formula
    ///
    /// `coppock = wma(roc(x, roc1) + roc(x, roc2), wma)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(roc1, roc2) + wma - 1`.
    ///
    /// # Edge cases
    ///
    /// A rate from a price of 0 counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Coppock::new(1, 1, 1)?.compute([&[2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Coppock, "Practical Relative Strength Charting", Barron's, 1962. TA-Lib `COPPOCK`.
    pub struct Coppock("coppock", "Coppock Curve", Momentum) {
        /// Length of the weighted average in bars.
        wma: usize = 10, 1..=100_000;
        /// Distance of the first rate of change in bars.
        roc1: usize = 11, 1..=100_000;
        /// Distance of the second rate of change in bars.
        roc2: usize = 14, 1..=100_000;
    }
    inputs [Close]
    outputs pane [coppock: Line]
    talib COPPOCK(wma: wmaperiod, roc1: roc1period, roc2: roc2period)
}

impl Indicator for Coppock {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CoppockState;

    fn lookback(&self) -> usize {
        self.roc1.max(self.roc2) + self.wma - 1
    }

    fn state(&self) -> CoppockState {
        CoppockState {
            first: Delay::new(self.roc1),
            second: Delay::new(self.roc2),
            average: LinearlyWeighted::new(self.wma),
        }
    }
}

crate::state! {
    /// State of [`Coppock`].
    pub struct CoppockState {
        first: Delay,
        second: Delay,
        average: LinearlyWeighted,
    }
}

impl Update for CoppockState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (first, second) = (self.first.push(x), self.second.push(x));
        let rate = |past: f64| if past == 0.0 { 0.0 } else { (x / past - 1.0) * 100.0 };
        let rates = rate(first?) + rate(second?);
        self.average.update(rates).map(|value| [value])
    }
}
