//! Sine.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Sine of radians of each value.
    ///
    /// # Formula
    ///
    /// `sin[i] = sin(x[i])`
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
    /// use atra_core::indicators::math::Sin;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Sin::default().compute([&[0.0]], [&mut out])?;
    /// assert_eq!(out[0], 0.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `SIN`.
    pub struct Sin("sin", "Sine", Math) {}
    inputs [Close]
    outputs pane [sin: Line]
    talib SIN()
}

impl Indicator for Sin {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SinState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> SinState {
        SinState {}
    }
}

crate::state! {
    /// State of [`Sin`].
    pub struct SinState {

    }
}

impl Update for SinState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::sin(x)])
    }
}
