//! Natural Logarithm.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Natural logarithm of each value.
    ///
    /// # Formula
    ///
    /// `ln[i] = ln(x[i])`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where the input is 0 or negative.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Ln;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Ln::default().compute([&[1.0]], [&mut out])?;
    /// assert_eq!(out[0], 0.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `LN`.
    pub struct Ln("ln", "Natural Logarithm", Math) {}
    inputs [Close]
    outputs pane [ln: Line]
    undefined "where the input is 0 or negative"
    talib LN()
}

impl Indicator for Ln {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LnState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> LnState {
        LnState {}
    }
}

crate::state! {
    /// State of [`Ln`].
    pub struct LnState {

    }
}

impl Update for LnState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::ln(x)])
    }
}
