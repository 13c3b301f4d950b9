//! Pearson Correlation.

use crate::kernels::{Pairs, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How closely two columns move together over the last `period` bars: 1 alike, -1 opposite, 0 not at all. High and
    /// low unless others are named.
    ///
    /// # Formula
    ///
    /// `correl = cov(x, y) / √(var(x) · var(y))` over the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 when either column is flat in the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Correl::new(3)?.compute([&[1.0, 2.0, 3.0], &[9.0, 7.0, 5.0]], [&mut out])?;
    /// assert!((out[2] + 1.0).abs() < 1e-15);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Pearson, "Notes on regression and inheritance", 1895. TA-Lib `CORREL`.
    pub struct Correl("correl", "Pearson Correlation", Statistics) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [correl: Line]
    talib CORREL(period: timeperiod)
}

impl Indicator for Correl {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = CorrelState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> CorrelState {
        CorrelState { period: self.period, window: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Correl`].
    pub struct CorrelState {
        period: usize,
        window: Window<Pairs>,
    }
}

impl Update for CorrelState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, row: [f64; 2]) -> Option<[f64; 1]> {
        let ([x, y], both) = self.window.push(row)?.covariance(self.period);
        let scale = num::sqrt(x * y);
        Some([if scale > 0.0 { num::max(num::min(both / scale, 1.0), -1.0) } else { 0.0 }])
    }
}
