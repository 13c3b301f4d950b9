//! Autocorrelation.

use crate::kernels::{Delay, Pairs, Window, percent_change};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How closely returns follow those of `lag` bars before, -1 to 1: above 0 moves go on, below they turn back.
    ///
    /// # Formula
    ///
    /// Pearson's correlation of `r[i]` and `r[i-lag]` over `period` bars, `r` the one-bar returns
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + lag`.
    ///
    /// # Edge cases
    ///
    /// 0 when either side is flat in the window. A return from a price of 0 counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 5];
    /// Autocorr::new(3, 1)?.compute([&[4.0, 8.0, 4.0, 8.0, 4.0]], [&mut out])?;
    /// assert!((out[4] + 1.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Box and Jenkins, "Time Series Analysis", 1970.
    pub struct Autocorr("autocorr", "Autocorrelation", Statistics) {
        /// Window in bars.
        period: usize = 30, 2..=100_000;
        /// Distance of the returns in bars.
        lag: usize = 1, 1..=100_000;
    }
    inputs [Close]
    outputs pane [autocorr: Line]
}

impl Indicator for Autocorr {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = AutocorrState;

    fn lookback(&self) -> usize {
        self.period + self.lag
    }

    fn state(&self) -> AutocorrState {
        AutocorrState {
            period: self.period,
            before: None,
            past: Delay::new(self.lag),
            window: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Autocorr`].
    pub struct AutocorrState {
        period: usize,
        /// The previous value.
        before: Option<f64>,
        /// Returns.
        past: Delay,
        window: Window<Pairs>,
    }
}

impl Update for AutocorrState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = percent_change(self.before.replace(x)?, x);
        let past = self.past.push(change)?;
        let ([x, y], both) = self.window.push([past, change])?.covariance(self.period);
        let scale = num::sqrt(x) * num::sqrt(y);
        Some([if scale > 0.0 { num::max(num::min(both / scale, 1.0), -1.0) } else { 0.0 }])
    }
}
