//! Pretty Good Oscillator.

use crate::kernels::{Simple, Smoothed, true_range};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the close is from its average, in average true ranges.
    ///
    /// # Formula
    ///
    /// `pgo = (close - sma(close, period)) / ema(true range, period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`: the first bar has no true range.
    ///
    /// # Edge cases
    ///
    /// 0 where there was no range at all.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [2.0, 4.0, 6.0];
    /// let mut out = [0.0; 3];
    /// Pgo::new(2)?.compute([&price, &price, &price], [&mut out])?;
    /// assert_eq!(out[2], 0.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Johnson, "Pretty Good Oscillator", 1999, as on TradingView. pandas-ta averages the average true range once more.
    pub struct Pgo("pgo", "Pretty Good Oscillator", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [pgo: Line]
}

impl Indicator for Pgo {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = PgoState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> PgoState {
        PgoState {
            before: None,
            average: Simple::new(self.period),
            range: Smoothed::exponential(self.period),
        }
    }
}

crate::state! {
    /// State of [`Pgo`].
    pub struct PgoState {
        /// Close of the previous bar.
        before: Option<f64>,
        average: Simple,
        range: Smoothed,
    }
}

impl Update for PgoState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let average = self.average.update(close);
        let before = self.before.replace(close)?;
        let range = self.range.update(true_range(before, high, low))?;
        Some([if range > 0.0 { (close - average?) / range } else { 0.0 }])
    }
}
