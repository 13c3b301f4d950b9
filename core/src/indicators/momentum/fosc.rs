//! Forecast Oscillator.

use crate::kernels::{Weighted, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the price is from the forecast made one bar ago by the least-squares line, in per cent of the price.
    ///
    /// # Formula
    ///
    /// `fosc = 100 · (x[i] - forecast) / x[i]`, `forecast` = `tsf(x, period)` of the bar before
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where the price is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Fosc::new(3)?.compute([&[1.0, 2.0, 3.0, 5.0]], [&mut out])?;
    /// assert_eq!(out[3], 20.0); // 4 was forecast
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande and Kroll, "The New Technical Trader", 1994. TA-Lib `FOSC`.
    pub struct Fosc("fosc", "Forecast Oscillator", Momentum) {
        /// Window in bars.
        period: usize = 5, 2..=100_000;
    }
    inputs [Close]
    outputs pane [fosc: Line]
    talib FOSC(period: timeperiod)
}

impl Indicator for Fosc {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = FoscState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> FoscState {
        FoscState { period: self.period, window: Window::new(self.period), forecast: None }
    }
}

crate::state! {
    /// State of [`Fosc`].
    pub struct FoscState {
        period: usize,
        window: Window<Weighted>,
        /// For the next bar.
        forecast: Option<f64>,
    }
}

impl Update for FoscState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let forecast = self.forecast;
        self.forecast = self.window.push(x).map(|window| {
            let (slope, end) = window.line(self.period);
            end + slope
        });
        let gap = x - forecast?;
        Some([if x == 0.0 { 0.0 } else { 100.0 * gap / x }])
    }
}
