//! Relative Strength Quality Index.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// A relative strength index without noise and with little lag: gains against all movement, each smoothed six
    /// times. 0 to 100.
    ///
    /// # Formula
    ///
    /// `rsx = 50 · (1 + j(change) / j(|change|))` within 0 … 100, where `j` is three stages, each `1.5 · a - 0.5 · b`
    /// with `a[i] = a[i-1] + r · (in - a[i-1])`, `b[i] = b[i-1] + r · (a[i] - b[i-1])`, `r = 3 / (period + 2)`, from 0
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(period - 1, 5)`.
    ///
    /// # Edge cases
    ///
    /// 50 where the smoothed movement is not above 0, as on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 7];
    /// Rsx::new(4)?.compute([&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]], [&mut out])?;
    /// assert_eq!(out[5..], [100.0, 100.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Jurik's RSX as published for ProRealTime, which pandas-ta `rsx` follows; it begins `period` bars later there.
    pub struct Rsx("rsx", "Relative Strength Quality Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [Close]
    outputs pane [rsx: Line]
}

impl Indicator for Rsx {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RsxState;

    fn lookback(&self) -> usize {
        (self.period - 1).max(5)
    }

    fn state(&self) -> RsxState {
        RsxState {
            rate: 3.0 / (self.period as f64 + 2.0),
            skip: (self.period - 1).max(5),
            before: None,
            stages: [[[0.0; 2]; 3]; 2],
        }
    }
}

crate::state! {
    /// State of [`Rsx`].
    pub struct RsxState {
        rate: f64,
        skip: usize,
        before: Option<f64>,
        /// Of the changes and of their sizes.
        stages: [[[f64; 2]; 3]; 2],
    }
}

impl Update for RsxState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let change = x - self.before.replace(x).unwrap_or(x);
        let [mut up, mut all] = [change, change.abs()];
        for (value, stages) in [&mut up, &mut all].into_iter().zip(&mut self.stages) {
            for [once, twice] in stages {
                *once += self.rate * (*value - *once);
                *twice += self.rate * (*once - *twice);
                *value = 1.5 * *once - 0.5 * *twice;
            }
        }
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        Some([if all > 0.0 { num::min(num::max(50.0 * (1.0 + up / all), 0.0), 100.0) } else { 50.0 }])
    }
}
