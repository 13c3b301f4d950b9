//! TRIX with Signal.

use crate::kernels::{Smoothed, percent_change};
use crate::{Indicator, Update};

crate::indicator! {
    /// The rate of change of a price smoothed three times, its signal line, and how far it is above that.
    ///
    /// # Formula
    ///
    /// `trix` as the indicator of that name, `signal = ema(trix, signal)`, `histogram = trix - signal`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `3 · (period - 1) + signal`.
    ///
    /// # Edge cases
    ///
    /// 0 where the earlier average is 0; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut trix, mut signal, mut histogram] = [[0.0; 3]; 3];
    /// Trixh::new(1, 2)?.compute([&[1.0, 2.0, 3.0]], [&mut trix, &mut signal, &mut histogram])?;
    /// assert_eq!([trix[2], signal[2], histogram[2]], [50.0, 75.0, -25.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hutson, "Good TRIX", Technical Analysis of Stocks & Commodities 1:5, 1983; lengths and exponential signal as on
    /// StockCharts. pandas-ta and Stock.Indicators take a simple signal.
    pub struct Trixh("trixh", "TRIX with Signal", Momentum) {
        /// Averaging length in bars.
        period: usize = 15, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [Close]
    outputs pane [trix: Line, signal: Line, histogram: Histogram]
}

impl Indicator for Trixh {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = TrixhState;

    fn lookback(&self) -> usize {
        3 * (self.period - 1) + self.signal
    }

    fn state(&self) -> TrixhState {
        TrixhState {
            stages: std::array::from_fn(|_| Smoothed::exponential(self.period)),
            before: None,
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Trixh`].
    pub struct TrixhState {
        stages: [Smoothed; 3],
        /// The average of the previous bar.
        before: Option<f64>,
        signal: Smoothed,
    }
}

impl Update for TrixhState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let [once, twice, thrice] = &mut self.stages;
        let average = once.update(x).and_then(|x| twice.update(x)).and_then(|x| thrice.update(x))?;
        let before = self.before.replace(average)?;
        let trix = percent_change(before, average);
        self.signal.update(trix).map(|signal| [trix, signal, trix - signal])
    }
}
