//! Tangent.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Tangent of radians of each value.
    ///
    /// # Formula
    ///
    /// `tan[i] = tan(x[i])`
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
    /// use atra_core::indicators::math::Tan;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Tan::default().compute([&[0.0]], [&mut out])?;
    /// assert_eq!(out[0], 0.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `TAN`.
    pub struct Tan("tan", "Tangent", Math) {}
    inputs [Close]
    outputs pane [tan: Line]
    talib TAN()
}

impl Indicator for Tan {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TanState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> TanState {
        TanState {}
    }
}

crate::state! {
    /// State of [`Tan`].
    pub struct TanState {

    }
}

impl Update for TanState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::tan(x)])
    }
}
