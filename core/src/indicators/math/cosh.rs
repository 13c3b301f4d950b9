//! Hyperbolic Cosine.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Hyperbolic cosine of each value.
    ///
    /// # Formula
    ///
    /// `cosh[i] = cosh(x[i])`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where the result exceeds the largest number: the input above 710.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Cosh;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Cosh::default().compute([&[0.0]], [&mut out])?;
    /// assert_eq!(out[0], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `COSH`.
    pub struct Cosh("cosh", "Hyperbolic Cosine", Math) {}
    inputs [Close]
    outputs pane [cosh: Line]
    undefined "where the result exceeds the largest number: the input above 710"
    talib COSH()
}

impl Indicator for Cosh {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CoshState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> CoshState {
        CoshState {}
    }
}

crate::state! {
    /// State of [`Cosh`].
    pub struct CoshState {

    }
}

impl Update for CoshState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::cosh(x)])
    }
}
