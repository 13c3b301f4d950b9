//! Square Root.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Square root of each value.
    ///
    /// # Formula
    ///
    /// `sqrt[i] = sqrt(x[i])`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where the input is negative.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Sqrt;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Sqrt::default().compute([&[9.0]], [&mut out])?;
    /// assert_eq!(out[0], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `SQRT`.
    pub struct Sqrt("sqrt", "Square Root", Math) {}
    inputs [Close]
    outputs pane [sqrt: Line]
    undefined "where the input is negative"
    talib SQRT()
}

impl Indicator for Sqrt {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = SqrtState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> SqrtState {
        SqrtState {}
    }
}

crate::state! {
    /// State of [`Sqrt`].
    pub struct SqrtState {

    }
}

impl Update for SqrtState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::sqrt(x)])
    }
}
