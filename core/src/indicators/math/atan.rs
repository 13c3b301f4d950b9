//! Arc Tangent.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Arc tangent, in radians of each value.
    ///
    /// # Formula
    ///
    /// `atan[i] = atan(x[i])`
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
    /// use atra_core::indicators::math::Atan;
    /// use atra_core::prelude::*;
    ///
    /// use atra_core::num;
    ///
    /// let mut out = [0.0; 1];
    /// Atan::default().compute([&[2.0]], [&mut out])?;
    /// assert_eq!(out[0], num::atan(2.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `ATAN`.
    pub struct Atan("atan", "Arc Tangent", Math) {}
    inputs [Close]
    outputs pane [atan: Line]
    talib ATAN()
}

impl Indicator for Atan {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = AtanState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> AtanState {
        AtanState {}
    }
}

crate::state! {
    /// State of [`Atan`].
    pub struct AtanState {

    }
}

impl Update for AtanState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::atan(x)])
    }
}
