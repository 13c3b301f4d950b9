//! Ultimate Oscillator.

use crate::kernels::{Total, Window, true_range};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Buying pressure over three windows, the shortest counting most: 0 to 100.
    ///
    /// # Formula
    ///
    /// `pressure = close - min(low, previous close)`; with `a(n) = Σ pressure / Σ true range` over `n` bars: `ultosc =
    /// 100 · (4 · a(short) + 2 · a(medium) + a(long)) / 7`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(short, medium, long)`.
    ///
    /// # Edge cases
    ///
    /// A window without range counts as 0. The three lengths are taken in ascending order.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Ultosc::new(1, 1, 1)?.compute([&[2.0, 4.0], &[1.0, 2.0], &[2.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[1], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "The Ultimate Oscillator", Technical Analysis of Stocks & Commodities 3:4, 1985. TA-Lib `ULTOSC`.
    pub struct Ultosc("ultosc", "Ultimate Oscillator", Momentum) {
        /// First window in bars.
        short: usize = 7, 1..=100_000;
        /// Second window in bars.
        medium: usize = 14, 1..=100_000;
        /// Third window in bars.
        long: usize = 28, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [ultosc: Line]
    talib ULTOSC(short: timeperiod1, medium: timeperiod2, long: timeperiod3)
}

impl Indicator for Ultosc {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = UltoscState;

    fn lookback(&self) -> usize {
        self.short.max(self.medium).max(self.long)
    }

    fn state(&self) -> UltoscState {
        let mut lengths = [self.short, self.medium, self.long];
        lengths.sort_unstable();
        UltoscState { close: None, pressures: lengths.map(Window::new), ranges: lengths.map(Window::new) }
    }
}

crate::state! {
    /// State of [`Ultosc`].
    pub struct UltoscState {
        /// Of the previous bar.
        close: Option<f64>,
        pressures: [Window<Total>; 3],
        ranges: [Window<Total>; 3],
    }
}

impl Update for UltoscState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let before = self.close.replace(close)?;
        let pressure = close - num::min(low, before);
        let range = true_range(before, high, low);
        let mut sum = Some(0.0);
        let windows = self.pressures.iter_mut().zip(&mut self.ranges);
        for ((pressures, ranges), weight) in windows.zip([4.0, 2.0, 1.0]) {
            let (pressure, range) = (pressures.push(pressure), ranges.push(range));
            sum = sum.zip(pressure).zip(range).map(|((sum, pressure), range)| {
                let (pressure, range) = (pressure.fold.0, range.fold.0);
                sum + if range > 0.0 { weight * (pressure / range) } else { 0.0 }
            });
        }
        sum.map(|sum| [100.0 * (sum / 7.0)])
    }
}
