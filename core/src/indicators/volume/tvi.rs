//! Trade Volume Index.

use crate::kernels::Compensated;
use crate::{Indicator, Update};

crate::indicator! {
    /// A running total of volume, signed by the last direction in which the price moved by more than a tick.
    ///
    /// # Formula
    ///
    /// The direction becomes up when `x[i] - x[i-1] > tick`, down when it is below `-tick`, and stays otherwise;
    /// `tvi[i] = tvi[i-1] ± volume[i]`
    ///
    /// # Warm-up
    ///
    /// None; 0 until the first move. The level depends on where the series begins.
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
    /// let mut out = [0.0; 4];
    /// Tvi::new(0.5)?.compute([&[1.0, 2.0, 2.1, 1.0], &[9.0, 1.0, 2.0, 4.0]], [&mut out])?;
    /// assert_eq!(out, [0.0, 1.0, 3.0, -1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Blau, in Achelis, "Technical Analysis from A to Z", 2000.
    pub struct Tvi("tvi", "Trade Volume Index", Volume) {
        /// Smallest move that counts, in units of the price.
        tick: f64 = 0.5, 0.0..=1e12;
    }
    inputs [Close, Volume]
    outputs pane [tvi: Line]
}

impl Indicator for Tvi {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = TviState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> TviState {
        TviState { tick: self.tick, before: None, direction: 0.0, total: Compensated::default() }
    }
}

crate::state! {
    /// State of [`Tvi`].
    pub struct TviState {
        tick: f64,
        /// The previous value.
        before: Option<f64>,
        /// 1 up, -1 down, 0 before the first move.
        direction: f64,
        total: Compensated,
    }
}

impl Update for TviState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, volume]: [f64; 2]) -> Option<[f64; 1]> {
        let change = x - self.before.replace(x).unwrap_or(x);
        if change.abs() > self.tick {
            self.direction = if change > 0.0 { 1.0 } else { -1.0 };
        }
        Some([self.total.add(self.direction * volume)])
    }
}
