//! Exponential.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// e to the power of the input of each value.
    ///
    /// # Formula
    ///
    /// `exp[i] = exp(x[i])`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where the result exceeds the largest number: the input above 709.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Exp;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Exp::default().compute([&[0.0]], [&mut out])?;
    /// assert_eq!(out[0], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `EXP`.
    pub struct Exp("exp", "Exponential", Math) {}
    inputs [Close]
    outputs pane [exp: Line]
    undefined "where the result exceeds the largest number: the input above 709"
    talib EXP()
}

impl Indicator for Exp {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ExpState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> ExpState {
        ExpState {}
    }
}

crate::state! {
    /// State of [`Exp`].
    pub struct ExpState {

    }
}

impl Update for ExpState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::exp(x)])
    }
}
