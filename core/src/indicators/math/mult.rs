//! Multiplication.

use crate::{Indicator, Update};

crate::indicator! {
    /// The product of two columns, high and low unless others are named.
    ///
    /// # Formula
    ///
    /// `mult[i] = x[i] * y[i]`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// None.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Mult;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Mult::default().compute([&[6.0], &[2.0]], [&mut out])?;
    /// assert_eq!(out[0], 12.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MULT`.
    pub struct Mult("mult", "Multiplication", Math) {}
    inputs [High, Low]
    outputs pane [mult: Line]
    talib MULT()
}

impl Indicator for Mult {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = MultState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> MultState {
        MultState {}
    }
}

crate::state! {
    /// State of [`Mult`].
    pub struct MultState {

    }
}

impl Update for MultState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        Some([x * y])
    }
}
