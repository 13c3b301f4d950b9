//! Net Volume.

use crate::kernels::signed_volume;
use crate::{Indicator, Update};

crate::indicator! {
    /// The bar's volume, positive when it closes higher than the bar before, negative when lower.
    ///
    /// # Formula
    ///
    /// `netvol = volume` on a rise, `-volume` on a fall, 0 on an equal close
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 1.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Netvol::default().compute([&[1.0, 2.0, 1.0], &[5.0, 6.0, 7.0]], [&mut out])?;
    /// assert_eq!(out[1..], [6.0, -7.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TradingView, "Net Volume"; the steps of Granville's on-balance volume, 1963.
    pub struct Netvol("netvol", "Net Volume", Volume) {}
    inputs [Close, Volume]
    outputs pane [netvol: Histogram]
}

impl Indicator for Netvol {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = NetvolState;

    fn lookback(&self) -> usize {
        1
    }

    fn state(&self) -> NetvolState {
        NetvolState { before: None }
    }
}

crate::state! {
    /// State of [`Netvol`].
    pub struct NetvolState {
        /// Close of the previous bar.
        before: Option<f64>,
    }
}

impl Update for NetvolState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [close, volume]: [f64; 2]) -> Option<[f64; 1]> {
        let before = self.before.replace(close)?;
        Some([signed_volume(close - before, volume)])
    }
}
