//! Division.

use crate::{Indicator, Update};

crate::indicator! {
    /// The quotient of two columns, high and low unless others are named.
    ///
    /// # Formula
    ///
    /// `div[i] = x[i] / y[i]`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where the divisor is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Div;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Div::default().compute([&[6.0], &[2.0]], [&mut out])?;
    /// assert_eq!(out[0], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `DIV`.
    pub struct Div("div", "Division", Math) {}
    inputs [High, Low]
    outputs pane [div: Line]
    undefined "where the divisor is 0"
    talib DIV()
}

impl Indicator for Div {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = DivState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> DivState {
        DivState {}
    }
}

crate::state! {
    /// State of [`Div`].
    pub struct DivState {

    }
}

impl Update for DivState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        Some([x / y])
    }
}
