//! Market Facilitation Index.

use crate::{Indicator, Update};

crate::indicator! {
    /// How far the price moved for the volume traded.
    ///
    /// # Formula
    ///
    /// `marketfi = (high - low) / volume`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// 0 where nothing was traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Marketfi::default().compute([&[4.0], &[2.0], &[10.0]], [&mut out])?;
    /// assert_eq!(out[0], 0.2);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "Trading Chaos", 1995. TA-Lib `MARKETFI`.
    pub struct Marketfi("marketfi", "Market Facilitation Index", Volume) {}
    inputs [High, Low, Volume]
    outputs pane [marketfi: Line]
    talib MARKETFI()
}

impl Indicator for Marketfi {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = MarketfiState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> MarketfiState {
        MarketfiState {}
    }
}

crate::state! {
    /// State of [`Marketfi`].
    pub struct MarketfiState {

    }
}

impl Update for MarketfiState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, volume]: [f64; 3]) -> Option<[f64; 1]> {
        Some([if volume == 0.0 { 0.0 } else { (high - low) / volume }])
    }
}
