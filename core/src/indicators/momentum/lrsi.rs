//! Laguerre RSI.

use crate::kernels::Laguerre;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// A relative strength index over the four stages of a Laguerre filter, 0 to 1: little noise from few bars.
    ///
    /// # Formula
    ///
    /// With `l0 … l3` as in `laguerre`, of `x`: `up` and `down` are the sums of the positive and of the negative parts
    /// of `l0 - l1`, `l1 - l2`, `l2 - l3`; `lrsi = up / (up + down)`
    ///
    /// # Warm-up
    ///
    /// None: the filter begins as if the first price had always stood there, and the first value is 0.5.
    ///
    /// # Edge cases
    ///
    /// Where all stages are equal the value before is kept; 0.5 at first and on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Lrsi::new(0.5)?.compute([&[7.0, 7.0, 8.0]], [&mut out])?;
    /// assert_eq!(out[1], 0.5);
    /// assert!((out[2] - 5.0 / 7.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Time Warp - Without Space Travel", 2002. pandas-ta gives it 0 to 100.
    pub struct Lrsi("lrsi", "Laguerre RSI", Momentum) {
        /// Damping: larger is smoother and slower.
        gamma: f64 = 0.5, 0.0..=0.99;
    }
    inputs [Close]
    outputs pane [lrsi: Line]
}

impl Indicator for Lrsi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = LrsiState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> LrsiState {
        LrsiState { stages: Laguerre::new(self.gamma), value: 0.5 }
    }
}

crate::state! {
    /// State of [`Lrsi`].
    pub struct LrsiState {
        stages: Laguerre,
        value: f64,
    }
}

impl Update for LrsiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [l0, l1, l2, l3] = self.stages.update(x);
        let (mut up, mut all) = (0.0, 0.0);
        for step in [l0 - l1, l1 - l2, l2 - l3] {
            up += num::max(step, 0.0);
            all += step.abs();
        }
        if all > 0.0 {
            self.value = up / all;
        }
        Some([self.value])
    }
}
