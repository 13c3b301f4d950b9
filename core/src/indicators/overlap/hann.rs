//! Hann-Windowed Moving Average.

use crate::kernels::Fir;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// A window weighted by a raised cosine, which falls to nothing at both ends: the smoothest of the plain windows.
    ///
    /// # Formula
    ///
    /// `w[k] = 1 - cos(2π · k / (period + 1))` for `k = 1 … period`; `hann = Σ w · x / Σ w`
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
    /// Hann::new(3)?.compute([&[1.0, 2.0, 7.0]], [&mut out])?;
    /// assert!((out[2] - 3.0).abs() < 1e-12); // weights 1, 2, 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Windowing", Technical Analysis of Stocks & Commodities 39:10, 2021.
    pub struct Hann("hann", "Hann-Windowed Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [hann: Line]
}

impl Indicator for Hann {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HannState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> HannState {
        HannState { average: Fir::in_proportion(weights(self.period)) }
    }
}

/// A raised cosine.
fn weights(period: usize) -> Vec<f64> {
    let turn = std::f64::consts::TAU / (period as f64 + 1.0);
    (1..=period).map(|k| 1.0 - num::cos(turn * k as f64)).collect()
}

crate::state! {
    /// State of [`Hann`].
    pub struct HannState {
        /// The window and its weights.
        average: Fir,
    }
}

impl Update for HannState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
