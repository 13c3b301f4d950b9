//! Vertical Horizontal Filter.

use crate::kernels::{Range, Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Whether the market trends: the range of the last `period` values against the sum of their changes.
    ///
    /// # Formula
    ///
    /// `vhf = (max(x) - min(x)) / Σ |changes|` over `period` values and the changes into them
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 when nothing has moved.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Vhf::new(2)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 0.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// White, "The Vertical Horizontal Filter", Futures, 1991. TA-Lib `VHF`.
    pub struct Vhf("vhf", "Vertical Horizontal Filter", Momentum) {
        /// Window in bars.
        period: usize = 28, 2..=100_000;
    }
    inputs [Close]
    outputs pane [vhf: Line]
    talib VHF(period: timeperiod)
}

impl Indicator for Vhf {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = VhfState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> VhfState {
        VhfState { before: None, range: Range::new(self.period), path: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Vhf`].
    pub struct VhfState {
        /// The previous value.
        before: Option<f64>,
        range: Range,
        path: Window<Total>,
    }
}

impl Update for VhfState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let range = self.range.update(x, x);
        let change = x - self.before.replace(x)?;
        let path = self.path.push(change.abs())?.fold.0;
        let [highest, lowest] = range?;
        Some([if path > 0.0 { (highest - lowest) / path } else { 0.0 }])
    }
}
