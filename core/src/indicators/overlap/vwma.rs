//! Volume-Weighted Moving Average.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of the last `period` values, each counting by its volume.
    ///
    /// # Formula
    ///
    /// `vwma = Σ x · volume / Σ volume` over the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. NaN where nothing was traded in the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Vwma::new(2)?.compute([&[1.0, 4.0], &[1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Dormeier, "Investing with Volume Analysis", 2011. TA-Lib `VWMA`.
    pub struct Vwma("vwma", "Volume-Weighted Moving Average", Overlap) {
        /// Window in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close, Volume]
    outputs overlay [vwma: Line]
    undefined "where nothing was traded in the window"
    talib VWMA(period: timeperiod)
}

impl Indicator for Vwma {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = VwmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> VwmaState {
        VwmaState { period: self.period, value: Window::new(self.period), volume: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Vwma`].
    pub struct VwmaState {
        period: usize,
        value: Window<Total>,
        volume: Window<Total>,
    }
}

impl Update for VwmaState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, volume]: [f64; 2]) -> Option<[f64; 1]> {
        let (value, traded) = (self.value.push(x * volume), self.volume.push(volume));
        let mean = value?.fold.0 / traded?.fold.0;
        Some([if self.period == 1 { x } else { mean }])
    }
}
