//! Hilbert Transform, Trend Mode.

use crate::kernels::{Hilbert, Phase, Trend, sine};
use crate::{Indicator, Update};

crate::indicator! {
    /// Whether the market trends (1) or cycles (0).
    ///
    /// # Formula
    ///
    /// Trend, unless the sine and lead sine crossed less than half a cycle ago, or the phase turns at about the rate of
    /// the cycle; trend in any case when the smoothed price is 1.5 per cent from the trendline
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
    /// let mut stream = HtTrendmode::default().stream();
    /// let row = (0..200).filter_map(|bar| stream.update([100.0 + f64::from(bar % 20 - 10).abs()])).last();
    /// let [mode] = row.unwrap();
    /// assert!(mode == 0.0 || mode == 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Rocket Science for Traders", 2001, ch. 11. TA-Lib `HT_TRENDMODE`.
    pub struct HtTrendmode("ht_trendmode", "Hilbert Transform, Trend Mode", Cycle) {}
    inputs [Close]
    outputs pane [ht_trendmode: Line]
    talib HT_TRENDMODE()
}

impl Indicator for HtTrendmode {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HtTrendmodeState;

    fn lookback(&self) -> usize {
        Hilbert::LONG.lookback
    }

    fn state(&self) -> HtTrendmodeState {
        HtTrendmodeState { phase: Phase::new(), trend: Trend::new(), degrees: 0.0, waves: [0.0; 2], days: 0 }
    }
}

crate::state! {
    /// State of [`HtTrendmode`].
    pub struct HtTrendmodeState {
        phase: Phase,
        trend: Trend,
        /// Phase of the previous bar.
        degrees: f64,
        /// Sine and lead sine of the previous bar.
        waves: [f64; 2],
        /// Bars since they crossed.
        days: u32,
    }
}

impl Update for HtTrendmodeState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.trend.push(x);
        let (cycle, degrees) = self.phase.update(x)?;
        let turned = degrees - std::mem::replace(&mut self.degrees, degrees);
        let [sine, lead] = sine(degrees);
        let [sine_before, lead_before] = std::mem::replace(&mut self.waves, [sine, lead]);
        let line = self.trend.line(cycle.period);

        let crossed_down = (sine > lead) & (sine_before <= lead_before);
        let crossed_up = (sine < lead) & (sine_before >= lead_before);
        let crossed = crossed_down | crossed_up;
        self.days = if crossed { 1 } else { self.days.saturating_add(1) };
        let recent = f64::from(self.days) < 0.5 * cycle.period;
        let step = 360.0 / cycle.period;
        let cycles = (cycle.period != 0.0) & (turned > 0.67 * step) & (turned < 1.5 * step);
        let far = (line != 0.0) & (((cycle.smooth - line) / line).abs() >= 0.015);
        let trends = far | !(crossed | recent | cycles);
        self.phase.is_warm().then_some([f64::from(u8::from(trends))])
    }
}
