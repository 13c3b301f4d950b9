//! Ceiling.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// The nearest whole number not below of each value.
    ///
    /// # Formula
    ///
    /// `ceil[i] = ceil(x[i])`
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
    /// use atra_core::indicators::math::Ceil;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Ceil::default().compute([&[1.2]], [&mut out])?;
    /// assert_eq!(out[0], 2.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `CEIL`.
    pub struct Ceil("ceil", "Ceiling", Math) {}
    inputs [Close]
    outputs pane [ceil: Line]
    talib CEIL()
}

impl Indicator for Ceil {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CeilState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> CeilState {
        CeilState {}
    }
}

crate::state! {
    /// State of [`Ceil`].
    pub struct CeilState {

    }
}

impl Update for CeilState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::ceil(x)])
    }
}
