//! Cosine.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Cosine of radians of each value.
    ///
    /// # Formula
    ///
    /// `cos[i] = cos(x[i])`
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
    /// use atra_core::indicators::math::Cos;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Cos::default().compute([&[0.0]], [&mut out])?;
    /// assert_eq!(out[0], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `COS`.
    pub struct Cos("cos", "Cosine", Math) {}
    inputs [Close]
    outputs pane [cos: Line]
    talib COS()
}

impl Indicator for Cos {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CosState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> CosState {
        CosState {}
    }
}

crate::state! {
    /// State of [`Cos`].
    pub struct CosState {

    }
}

impl Update for CosState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::cos(x)])
    }
}
