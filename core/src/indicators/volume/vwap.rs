//! Volume-Weighted Average Price.

use crate::kernels::Compensated;
use crate::{Indicator, Update};

crate::indicator! {
    /// The average price paid since the series began.
    ///
    /// # Formula
    ///
    /// `vwap = Σ typical · volume / Σ volume`, `typical = (high + low + close) / 3`
    ///
    /// # Warm-up
    ///
    /// None. The level depends on where the series begins.
    ///
    /// # Edge cases
    ///
    /// The typical price until something was traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Vwap::default().compute([&[1.0, 4.0], &[1.0, 4.0], &[1.0, 4.0], &[1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out, [1.0, 3.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Berkowitz, Logue, Noser, "The Total Cost of Transactions on the NYSE", 1988. TA-Lib `VWAP`.
    pub struct Vwap("vwap", "Volume-Weighted Average Price", Volume) {}
    inputs [High, Low, Close, Volume]
    outputs overlay [vwap: Line]
    talib VWAP()
}

impl Indicator for Vwap {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = VwapState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> VwapState {
        VwapState { value: Compensated::default(), volume: Compensated::default() }
    }
}

crate::state! {
    /// State of [`Vwap`].
    pub struct VwapState {
        value: Compensated,
        volume: Compensated,
    }
}

impl Update for VwapState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close, volume]: [f64; 4]) -> Option<[f64; 1]> {
        let typical = (high + low + close) / 3.0;
        let (value, traded) = (self.value.add(typical * volume), self.volume.add(volume));
        Some([if traded > 0.0 { value / traded } else { typical }])
    }
}
