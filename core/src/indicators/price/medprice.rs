//! Median Price.

use crate::{Indicator, Update};

crate::indicator! {
    /// The middle of a bar's range.
    ///
    /// # Formula
    ///
    /// `medprice = (high + low) / 2`
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
    /// Medprice::default().compute([&[5.0], &[1.0]], [&mut out])?;
    /// assert_eq!(out[0], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MEDPRICE`.
    pub struct Medprice("medprice", "Median Price", Price) {}
    inputs [High, Low]
    outputs overlay [medprice: Line]
    talib MEDPRICE()
}

impl Indicator for Medprice {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = MedpriceState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> MedpriceState {
        MedpriceState {}
    }
}

crate::state! {
    /// State of [`Medprice`].
    pub struct MedpriceState {

    }
}

impl Update for MedpriceState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        Some([0.5 * (high + low)])
    }
}
