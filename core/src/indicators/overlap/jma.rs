//! Jurik Moving Average.

use crate::{Indicator, Update};

crate::indicator! {
    /// An exponential average, corrected by what it misses and smoothed again: little lag and little overshoot. An
    /// approximation, since Jurik never published his.
    ///
    /// # Formula
    ///
    /// `β = 0.45 · (period - 1) / (0.45 · (period - 1) + 2)`, `α = β^power`, `r = 1.5 + phase / 100`; `a = (1 - α) ·
    /// x + α · a'`, `b = (1 - β) · (x - a) + β · b'`, `c = (1 - α)² · (a + r · b - jma') + α² · c'`, `jma = jma' + c`,
    /// where `'` marks the bar before; from `a = jma = x[0]`, `b = c = 0`
    ///
    /// # Warm-up
    ///
    /// None: the first value is the first price.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Jma::new(7, 50.0, 2)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [7.0; 3]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Orekhov (everget), Jurik Moving Average for TradingView, 2018, after Jurik's description. pandas-ta's `jma` also
    /// adapts to volatility and gives other values.
    pub struct Jma("jma", "Jurik Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 7, 1..=100_000;
        /// From smooth (-100) to fast with overshoot (100).
        phase: f64 = 50.0, -100.0..=100.0;
        /// How sharply the rate grows with the period.
        power: usize = 2, 1..=100;
    }
    inputs [Close]
    outputs overlay [jma: Line]
}

impl Indicator for Jma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = JmaState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> JmaState {
        JmaState {
            beta: beta(self.period),
            alpha: (0..self.power).fold(1.0, |alpha, _| alpha * beta(self.period)),
            ratio: 1.5 + self.phase / 100.0,
            parts: None,
        }
    }
}

/// The rate of the correction.
fn beta(period: usize) -> f64 {
    let length = 0.45 * (period as f64 - 1.0);
    length / (length + 2.0)
}

crate::state! {
    /// State of [`Jma`].
    pub struct JmaState {
        beta: f64,
        alpha: f64,
        ratio: f64,
        /// The average, what it misses, the last step, and the result.
        parts: Option<[f64; 4]>,
    }
}

impl Update for JmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [average, missed, step, value] = self.parts.unwrap_or([x, 0.0, 0.0, x]);
        let average = x + self.alpha * (average - x);
        let missed = (1.0 - self.beta) * (x - average) + self.beta * missed;
        let keep = 1.0 - self.alpha;
        let step = keep * keep * (average + self.ratio * missed - value) + self.alpha * self.alpha * step;
        self.parts = Some([average, missed, step, value + step]);
        Some([value + step])
    }
}
