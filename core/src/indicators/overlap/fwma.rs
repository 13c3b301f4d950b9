//! Fibonacci's Weighted Moving Average.

use crate::kernels::Fir;
use crate::{Indicator, Update};

crate::indicator! {
    /// A window weighted by the Fibonacci numbers, the newest value most: each value counts about 1.6 times the one
    /// before.
    ///
    /// # Formula
    ///
    /// `w` = 1, 1, 2, 3, 5 … from the oldest value to the newest; `fwma = Σ w · x / Σ w`
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
    /// Fwma::new(3)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 2.25); // (1 + 2 + 2 · 3) / 4
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// pandas-ta `fwma` (Johnson), 2019.
    pub struct Fwma("fwma", "Fibonacci's Weighted Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 10, 1..=1000;
    }
    inputs [Close]
    outputs overlay [fwma: Line]
}

impl Indicator for Fwma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = FwmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> FwmaState {
        FwmaState { average: Fir::in_proportion(weights(self.period)) }
    }
}

/// The first Fibonacci numbers.
fn weights(period: usize) -> Vec<f64> {
    let mut pair = (0.0, 1.0);
    let next = |_| {
        pair = (pair.1, pair.0 + pair.1);
        pair.0
    };
    (0..period).map(next).collect()
}

crate::state! {
    /// State of [`Fwma`].
    pub struct FwmaState {
        /// The window and its weights.
        average: Fir,
    }
}

impl Update for FwmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
