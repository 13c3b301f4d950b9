//! Balance of Power.

use crate::{Indicator, Update};

crate::indicator! {
    /// Whether buyers or sellers moved the price within the bar, -1 to 1.
    ///
    /// # Formula
    ///
    /// `bop = (close - open) / (high - low)`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// 0 for a bar without range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Bop::default().compute([&[2.0], &[5.0], &[1.0], &[4.0]], [&mut out])?;
    /// assert_eq!(out[0], 0.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Livshin, "Balance of Power", Technical Analysis of Stocks & Commodities 19:8, 2001. TA-Lib `BOP`.
    pub struct Bop("bop", "Balance of Power", Momentum) {}
    inputs [Open, High, Low, Close]
    outputs pane [bop: Line]
    talib BOP()
}

impl Indicator for Bop {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = BopState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> BopState {
        BopState {}
    }
}

crate::state! {
    /// State of [`Bop`].
    pub struct BopState {

    }
}

impl Update for BopState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 1]> {
        let range = high - low;
        Some([if range > 0.0 { (close - open) / range } else { 0.0 }])
    }
}
