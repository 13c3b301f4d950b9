//! Floor.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// The nearest whole number not above of each value.
    ///
    /// # Formula
    ///
    /// `floor[i] = floor(x[i])`
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
    /// use atra_core::indicators::math::Floor;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Floor::default().compute([&[1.8]], [&mut out])?;
    /// assert_eq!(out[0], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `FLOOR`.
    pub struct Floor("floor", "Floor", Math) {}
    inputs [Close]
    outputs pane [floor: Line]
    talib FLOOR()
}

impl Indicator for Floor {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = FloorState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> FloorState {
        FloorState {}
    }
}

crate::state! {
    /// State of [`Floor`].
    pub struct FloorState {

    }
}

impl Update for FloorState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::floor(x)])
    }
}
