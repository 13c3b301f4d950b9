//! Pascal's Weighted Moving Average.

use crate::kernels::Fir;
use crate::{Indicator, Update};

crate::indicator! {
    /// A window weighted by a row of Pascal's triangle, which is nearly a bell curve in the middle of the window.
    ///
    /// # Formula
    ///
    /// `w[k] = period - 1 choose k` for `k = 0 … period - 1`; `pwma = Σ w · x / Σ w`
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
    /// Pwma::new(3)?.compute([&[1.0, 2.0, 7.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0); // (1 + 2 · 2 + 7) / 4
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Binomial smoothing: Marchand and Marmet, "Binomial smoothing filter", Review of Scientific Instruments 54, 1983.
    /// As pandas-ta `pwma`.
    pub struct Pwma("pwma", "Pascal's Weighted Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 10, 1..=1000;
    }
    inputs [Close]
    outputs overlay [pwma: Line]
}

impl Indicator for Pwma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PwmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> PwmaState {
        PwmaState { average: Fir::new(weights(self.period)) }
    }
}

/// A row of Pascal's triangle, its sum 1.
fn weights(period: usize) -> Vec<f64> {
    let mut row = vec![1.0];
    for _ in 1..period {
        let (from_left, from_right) = (row.iter().chain([&0.0]), [0.0].iter().chain(&row));
        row = from_left.zip(from_right).map(|(a, b)| 0.5 * (a + b)).collect();
    }
    row
}

crate::state! {
    /// State of [`Pwma`].
    pub struct PwmaState {
        /// The window and its weights.
        average: Fir,
    }
}

impl Update for PwmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
