//! Arc Cosine.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Arc cosine, in radians of each value.
    ///
    /// # Formula
    ///
    /// `acos[i] = acos(x[i])`
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
    /// use atra_core::indicators::math::Acos;
    /// use atra_core::prelude::*;
    ///
    /// use atra_core::num;
    ///
    /// let mut out = [0.0; 1];
    /// Acos::default().compute([&[0.5]], [&mut out])?;
    /// assert_eq!(out[0], num::acos(0.5));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `ACOS`.
    pub struct Acos("acos", "Arc Cosine", Math) {}
    inputs [Close]
    outputs pane [acos: Line]
    undefined "where the input is below -1 or above 1"
    talib ACOS()
}

impl Indicator for Acos {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = AcosState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> AcosState {
        AcosState {}
    }
}

crate::state! {
    /// State of [`Acos`].
    pub struct AcosState {

    }
}

impl Update for AcosState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::acos(x)])
    }
}
