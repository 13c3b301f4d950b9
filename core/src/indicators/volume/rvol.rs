//! Relative Volume.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Volume against the mean of the `period` bars before.
    ///
    /// # Formula
    ///
    /// `rvol[i] = volume[i] / mean(volume[i-period] … volume[i-1])`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where nothing was traded in the window before.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Rvol::new(2)?.compute([&[1.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `RVOL`.
    pub struct Rvol("rvol", "Relative Volume", Volume) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [Volume]
    outputs pane [rvol: Line]
    undefined "where nothing was traded in the window before"
    talib RVOL(period: timeperiod)
}

impl Indicator for Rvol {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RvolState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> RvolState {
        RvolState { period: self.period, window: Window::new(self.period), mean: None }
    }
}

crate::state! {
    /// State of [`Rvol`].
    pub struct RvolState {
        period: usize,
        window: Window<Total>,
        /// Of the bars before the next.
        mean: Option<f64>,
    }
}

impl Update for RvolState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [volume]: [f64; 1]) -> Option<[f64; 1]> {
        let before = self.mean;
        self.mean = self.window.push(volume).map(|window| window.fold.0 / self.period as f64);
        before.map(|mean| [volume / mean])
    }
}
