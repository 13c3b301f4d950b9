//! Chaikin Money Flow.

use crate::kernels::{Total, Window, money_flow};
use crate::{Indicator, Update};

crate::indicator! {
    /// The share of the last `period` bars' volume that flowed in, from -1 to 1.
    ///
    /// # Formula
    ///
    /// `cmf = Σ flow / Σ volume` over the window, `flow` as in `ad`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where nothing was traded in the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Cmf::new(2)?.compute([&[4.0, 4.0], &[0.0, 0.0], &[4.0, 1.0], &[10.0, 10.0]], [&mut out])?;
    /// assert_eq!(out[1], 0.25);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chaikin; Achelis, "Technical Analysis from A to Z", 2000. TA-Lib `CMF`.
    pub struct Cmf("cmf", "Chaikin Money Flow", Volume) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [High, Low, Close, Volume]
    outputs pane [cmf: Line]
    talib CMF(period: timeperiod)
}

impl Indicator for Cmf {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = CmfState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> CmfState {
        CmfState { flow: Window::new(self.period), volume: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Cmf`].
    pub struct CmfState {
        flow: Window<Total>,
        volume: Window<Total>,
    }
}

impl Update for CmfState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, row: [f64; 4]) -> Option<[f64; 1]> {
        let (flow, volume) = (self.flow.push(money_flow(row)), self.volume.push(row[3]));
        let (flow, volume) = (flow?.fold.0, volume?.fold.0);
        Some([if volume > 0.0 { flow / volume } else { 0.0 }])
    }
}
