//! Arnaud Legoux Moving Average.

use crate::kernels::Fir;
use crate::{Indicator, Update};

crate::indicator! {
    /// A window weighted by a bell curve that stands nearer to the newest value: smooth, with less lag than a simple
    /// average.
    ///
    /// # Formula
    ///
    /// `w[k] = exp(-(k - m)² / (2 · s²))` for `k = 0 … period - 1` from the oldest value, `m = offset · (period - 1)`,
    /// `s = period / sigma`; `alma = Σ w · x / Σ w`
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
    /// Alma::new(3, 0.5, 6.0)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert!((out[2] - 2.0).abs() < 1e-12); // the bell stands in the middle
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Legoux and Kouzis-Loukas, "Arnaud Legoux Moving Average", 2009. As TradingView `ta.alma` (with `floor` off).
    pub struct Alma("alma", "Arnaud Legoux Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 9, 1..=100_000;
        /// Where in the window the bell stands: 0 at the oldest value, 1 at the newest.
        offset: f64 = 0.85, 0.0..=1.0;
        /// Windows per standard deviation of the bell: larger is narrower.
        sigma: f64 = 6.0, 0.1..=100.0;
    }
    inputs [Close]
    outputs overlay [alma: Line]
}

impl Indicator for Alma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = AlmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> AlmaState {
        AlmaState { average: Fir::legoux(self.period, self.sigma, self.offset) }
    }
}

crate::state! {
    /// State of [`Alma`].
    pub struct AlmaState {
        /// The window and its weights.
        average: Fir,
    }
}

impl Update for AlmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
