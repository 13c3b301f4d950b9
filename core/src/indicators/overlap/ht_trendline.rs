//! Hilbert Transform, Instantaneous Trendline.

use crate::kernels::{Hilbert, Trend};
use crate::{Indicator, Update};

crate::indicator! {
    /// The price averaged over one dominant cycle, which takes the cycle out and leaves the trend.
    ///
    /// # Formula
    ///
    /// `t` = mean of the last `⌊period + 0.5⌋` prices, `period` as in `ht_dcperiod`; `ht_trendline = (4 · t[i] + 3 ·
    /// t[i-1] + 2 · t[i-2] + t[i-3]) / 10`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 63, 37 of which only fill the smoothing.
    ///
    /// # Edge cases
    ///
    /// Each bar costs a pass over at most 50 bars.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut stream = HtTrendline::default().stream();
    /// let row = (0..200).filter_map(|bar| stream.update([100.0 + f64::from(bar % 20 - 10).abs()])).last();
    /// let [trend] = row.unwrap();
    /// assert!((104.0..106.0).contains(&trend));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Rocket Science for Traders", 2001, ch. 10. TA-Lib `HT_TRENDLINE`.
    pub struct HtTrendline("ht_trendline", "Hilbert Transform, Instantaneous Trendline", Overlap) {}
    inputs [Close]
    outputs overlay [ht_trendline: Line]
    talib HT_TRENDLINE()
}

impl Indicator for HtTrendline {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HtTrendlineState;

    fn lookback(&self) -> usize {
        Hilbert::LONG.lookback
    }

    fn state(&self) -> HtTrendlineState {
        HtTrendlineState { hilbert: Hilbert::new(Hilbert::LONG), trend: Trend::new() }
    }
}

crate::state! {
    /// State of [`HtTrendline`].
    pub struct HtTrendlineState {
        hilbert: Hilbert,
        trend: Trend,
    }
}

impl Update for HtTrendlineState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.trend.push(x);
        let cycle = self.hilbert.update(x)?;
        let line = self.trend.line(cycle.period);
        self.hilbert.is_warm().then_some([line])
    }
}
