//! Hyperbolic Sine.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Hyperbolic sine of each value.
    ///
    /// # Formula
    ///
    /// `sinh[i] = sinh(x[i])`
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
    /// use atra_core::indicators::math::Sinh;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Sinh::default().compute([&[0.0]], [&mut out])?;
    /// assert_eq!(out[0], 0.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `SINH`.
    pub struct Sinh("sinh", "Hyperbolic Sine", Math) {}
    inputs [Close]
    outputs pane [sinh: Line]
    undefined "where the result exceeds the largest number: the input above 710"
    talib SINH()
}

impl Indicator for Sinh {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SinhState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> SinhState {
        SinhState {}
    }
}

crate::state! {
    /// State of [`Sinh`].
    pub struct SinhState {

    }
}

impl Update for SinhState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::sinh(x)])
    }
}
