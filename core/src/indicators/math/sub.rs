//! Subtraction.

use crate::{Indicator, Update};

crate::indicator! {
    /// The difference of two columns, high and low unless others are named.
    ///
    /// # Formula
    ///
    /// `sub[i] = x[i] - y[i]`
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
    /// use atra_core::indicators::math::Sub;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Sub::default().compute([&[6.0], &[2.0]], [&mut out])?;
    /// assert_eq!(out[0], 4.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `SUB`.
    pub struct Sub("sub", "Subtraction", Math) {}
    inputs [High, Low]
    outputs pane [sub: Line]
    talib SUB()
}

impl Indicator for Sub {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = SubState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> SubState {
        SubState {}
    }
}

crate::state! {
    /// State of [`Sub`].
    pub struct SubState {

    }
}

impl Update for SubState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        Some([x - y])
    }
}
