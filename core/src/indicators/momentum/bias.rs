//! Bias.

use crate::kernels::Average;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// How far the price is from its moving average, in per cent of the average. Also called the disparity index.
    ///
    /// # Formula
    ///
    /// `bias = 100 · (x - ma(x, period)) / ma(x, period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands where the average has its first: row `period - 1` with a simple average.
    ///
    /// # Edge cases
    ///
    /// 0 where the average is 0; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Bias::new(2, MaType::Sma)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Nison, "Beyond Candlesticks", 1994 (disparity index). pandas-ta gives the same as a fraction.
    pub struct Bias("bias", "Bias", Momentum) {
        /// Averaging length in bars.
        period: usize = 26, 1..=100_000;
        /// Kind of moving average.
        ma: MaType = "sma";
    }
    inputs [Close]
    outputs pane [bias: Line]
}

impl Indicator for Bias {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = BiasState;

    fn lookback(&self) -> usize {
        Average::lookback(self.ma, self.period)
    }

    fn state(&self) -> BiasState {
        BiasState { average: Average::new(self.ma, self.period) }
    }
}

crate::state! {
    /// State of [`Bias`].
    pub struct BiasState {
        average: Average,
    }
}

impl Update for BiasState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let average = self.average.update(x)?;
        Some([if average == 0.0 { 0.0 } else { 100.0 * ((x - average) / average) }])
    }
}
