//! Sine-Weighted Moving Average.

use crate::kernels::Fir;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// A window weighted by half a sine wave: most in the middle, little at both ends.
    ///
    /// # Formula
    ///
    /// `w[k] = sin(π · k / (period + 1))` for `k = 1 … period`; `sinwma = Σ w · x / Σ w`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A flat series gives exactly its value. Each bar costs a pass over the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Sinwma::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert!((out[2] - 2.0).abs() < 1e-12); // the weights are symmetrical
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Achelis, "Technical Analysis from A to Z", 2000, "Moving Averages". As pandas-ta `sinwma`.
    pub struct Sinwma("sinwma", "Sine-Weighted Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [sinwma: Line]
}

impl Indicator for Sinwma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SinwmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> SinwmaState {
        SinwmaState { average: Fir::in_proportion(weights(self.period)) }
    }
}

/// Half a sine wave.
fn weights(period: usize) -> Vec<f64> {
    (1..=period).map(|k| num::sin(std::f64::consts::PI * k as f64 / (period as f64 + 1.0))).collect()
}

crate::state! {
    /// State of [`Sinwma`].
    pub struct SinwmaState {
        /// The window and its weights.
        average: Fir,
    }
}

impl Update for SinwmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
