//! Addition.

use crate::{Indicator, Update};

crate::indicator! {
    /// The sum of two columns, high and low unless others are named.
    ///
    /// # Formula
    ///
    /// `add[i] = x[i] + y[i]`
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
    /// use atra_core::indicators::math::Add;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Add::default().compute([&[6.0], &[2.0]], [&mut out])?;
    /// assert_eq!(out[0], 8.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `ADD`.
    pub struct Add("add", "Addition", Math) {}
    inputs [High, Low]
    outputs pane [add: Line]
    talib ADD()
}

impl Indicator for Add {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = AddState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> AddState {
        AddState {}
    }
}

crate::state! {
    /// State of [`Add`].
    pub struct AddState {

    }
}

impl Update for AddState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        Some([x + y])
    }
}
