//! Weighted Close Price.

use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of high, low and close, the close counting twice.
    ///
    /// # Formula
    ///
    /// `wclprice = (high + low + 2 · close) / 4`
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
    /// Wclprice::default().compute([&[5.0], &[1.0], &[3.0]], [&mut out])?;
    /// assert_eq!(out[0], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `WCLPRICE`.
    pub struct Wclprice("wclprice", "Weighted Close Price", Price) {}
    inputs [High, Low, Close]
    outputs overlay [wclprice: Line]
    talib WCLPRICE()
}

impl Indicator for Wclprice {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = WclpriceState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> WclpriceState {
        WclpriceState {}
    }
}

crate::state! {
    /// State of [`Wclprice`].
    pub struct WclpriceState {

    }
}

impl Update for WclpriceState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        Some([(high + low + 2.0 * close) / 4.0])
    }
}
