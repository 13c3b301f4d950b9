//! Chaikin Oscillator.

use crate::kernels::{Smoothed, money_flow};
use crate::{Indicator, Update};

crate::indicator! {
    /// The distance between a fast and a slow exponential average of the accumulation/distribution line.
    ///
    /// # Formula
    ///
    /// `adosc = ema(ad, fast) - ema(ad, slow)`, both averages starting from the first value of `ad`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(fast, slow) - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 while nothing flows.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Adosc::new(2, 2)?.compute([&[4.0, 4.0], &[0.0, 0.0], &[4.0, 1.0], &[10.0, 10.0]], [&mut out])?;
    /// assert_eq!(out[1], 0.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chaikin; Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `ADOSC`.
    pub struct Adosc("adosc", "Chaikin Oscillator", Volume) {
        /// Averaging length in bars.
        fast: usize = 3, 2..=100_000;
        /// Averaging length in bars.
        slow: usize = 10, 2..=100_000;
    }
    inputs [High, Low, Close, Volume]
    outputs pane [adosc: Line]
    talib ADOSC(fast: fastperiod, slow: slowperiod)
}

impl Indicator for Adosc {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = AdoscState;

    fn lookback(&self) -> usize {
        self.fast.max(self.slow) - 1
    }

    fn state(&self) -> AdoscState {
        AdoscState {
            wait: Indicator::lookback(self),
            total: 0.0,
            fast: Smoothed::from_first(self.fast),
            slow: Smoothed::from_first(self.slow),
        }
    }
}

crate::state! {
    /// State of [`Adosc`].
    pub struct AdoscState {
        /// Bars still to pass before the first value.
        wait: usize,
        total: f64,
        fast: Smoothed,
        slow: Smoothed,
    }
}

impl Update for AdoscState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, row: [f64; 4]) -> Option<[f64; 1]> {
        self.total += money_flow(row);
        let value = self.fast.update(self.total)? - self.slow.update(self.total)?;
        if self.wait > 0 {
            self.wait -= 1;
            return None;
        }
        Some([value])
    }
}
