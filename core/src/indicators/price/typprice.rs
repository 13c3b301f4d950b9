//! Typical Price.

use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of high, low and close.
    ///
    /// # Formula
    ///
    /// `typprice = (high + low + close) / 3`
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
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Typprice::default().compute([&[5.0], &[1.0], &[3.0]], [&mut out])?;
    /// assert_eq!(out[0], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `TYPPRICE`.
    pub struct Typprice("typprice", "Typical Price", Price) {}
    inputs [High, Low, Close]
    outputs overlay [typprice: Line]
    talib TYPPRICE()
}

impl Indicator for Typprice {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = TyppriceState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> TyppriceState {
        TyppriceState {}
    }
}

crate::state! {
    /// State of [`Typprice`].
    pub struct TyppriceState {

    }
}

impl Update for TyppriceState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        Some([(high + low + close) / 3.0])
    }
}
