//! Hyperbolic Tangent.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Hyperbolic tangent of each value.
    ///
    /// # Formula
    ///
    /// `tanh[i] = tanh(x[i])`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// Defined for every number.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Tanh;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Tanh::default().compute([&[0.0]], [&mut out])?;
    /// assert_eq!(out[0], 0.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `TANH`.
    pub struct Tanh("tanh", "Hyperbolic Tangent", Math) {}
    inputs [Close]
    outputs pane [tanh: Line]
    talib TANH()
}

impl Indicator for Tanh {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TanhState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> TanhState {
        TanhState {}
    }
}

crate::state! {
    /// State of [`Tanh`].
    pub struct TanhState {

    }
}

impl Update for TanhState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::tanh(x)])
    }
}
