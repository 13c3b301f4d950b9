//! Symmetrically Weighted Moving Average.

use crate::kernels::Fir;
use crate::{Indicator, Update};

crate::indicator! {
    /// The last four values, the middle two counting double.
    ///
    /// # Formula
    ///
    /// `swma = (x[i-3] + 2 · x[i-2] + 2 · x[i-1] + x[i]) / 6`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 3.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Swma::new()?.compute([&[1.0, 2.0, 3.0, 6.0]], [&mut out])?;
    /// assert!((out[3] - 17.0 / 6.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cybernetic Analysis for Stocks and Futures", 2004, ch. 2 (its smoother of four bars). As TradingView
    /// `ta.swma`.
    pub struct Swma("swma", "Symmetrically Weighted Moving Average", Overlap) {}
    inputs [Close]
    outputs overlay [swma: Line]
}

impl Indicator for Swma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SwmaState;

    fn lookback(&self) -> usize {
        3
    }

    fn state(&self) -> SwmaState {
        SwmaState { average: Fir::in_proportion(vec![1.0, 2.0, 2.0, 1.0]) }
    }
}

crate::state! {
    /// State of [`Swma`].
    pub struct SwmaState {
        /// The window and its weights.
        average: Fir,
    }
}

impl Update for SwmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
