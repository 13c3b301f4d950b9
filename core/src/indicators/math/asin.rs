//! Arc Sine.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Arc sine, in radians of each value.
    ///
    /// # Formula
    ///
    /// `asin[i] = asin(x[i])`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where the input is below -1 or above 1.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Asin;
    /// use atra_core::prelude::*;
    ///
    /// use atra_core::num;
    ///
    /// let mut out = [0.0; 1];
    /// Asin::default().compute([&[0.5]], [&mut out])?;
    /// assert_eq!(out[0], num::asin(0.5));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `ASIN`.
    pub struct Asin("asin", "Arc Sine", Math) {}
    inputs [Close]
    outputs pane [asin: Line]
    undefined "where the input is below -1 or above 1"
    talib ASIN()
}

impl Indicator for Asin {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = AsinState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> AsinState {
        AsinState {}
    }
}

crate::state! {
    /// State of [`Asin`].
    pub struct AsinState {

    }
}

impl Update for AsinState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::asin(x)])
    }
}
