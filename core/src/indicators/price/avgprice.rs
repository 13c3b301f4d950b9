//! Average Price.

use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of a bar's four prices.
    ///
    /// # Formula
    ///
    /// `avgprice = (open + high + low + close) / 4`
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
    /// Avgprice::default().compute([&[1.0], &[5.0], &[1.0], &[3.0]], [&mut out])?;
    /// assert_eq!(out[0], 2.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `AVGPRICE`.
    pub struct Avgprice("avgprice", "Average Price", Price) {}
    inputs [Open, High, Low, Close]
    outputs overlay [avgprice: Line]
    talib AVGPRICE()
}

impl Indicator for Avgprice {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = AvgpriceState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> AvgpriceState {
        AvgpriceState {}
    }
}

crate::state! {
    /// State of [`Avgprice`].
    pub struct AvgpriceState {

    }
}

impl Update for AvgpriceState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 1]> {
        Some([(open + high + low + close) / 4.0])
    }
}
