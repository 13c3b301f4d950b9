//! Twiggs Money Flow.

use crate::kernels::{Smoothed, money_flow};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The share of volume that flowed in, by where bars close in their true range, smoothed by Wilder: -1 to 1.
    ///
    /// # Formula
    ///
    /// `top = max(high, previous close)`, `bottom = min(low, previous close)`; `flow = volume · ((close - bottom) -
    /// (top - close)) / (top - bottom)`; `tmf = rma(flow, period) / rma(volume, period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A bar without true range flows nowhere; 0 where nothing was traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// let bars: [&[f64]; 4] = [&[2.0, 4.0, 4.0], &[2.0, 3.0, 3.0], &[2.0, 4.0, 3.0], &[1.0, 3.0, 1.0]];
    /// Tmf::new(2)?.compute(bars, [&mut out])?;
    /// assert_eq!(out[2], 0.5); // 3 and -1 of 3 and 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Twiggs, "Twiggs Money Flow", Incredible Charts, 2002.
    pub struct Tmf("tmf", "Twiggs Money Flow", Volume) {
        /// Averaging length in bars.
        period: usize = 21, 1..=100_000;
    }
    inputs [High, Low, Close, Volume]
    outputs pane [tmf: Line]
}

impl Indicator for Tmf {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = TmfState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> TmfState {
        TmfState { before: None, averages: Smoothed::wilder(self.period) }
    }
}

crate::state! {
    /// State of [`Tmf`].
    pub struct TmfState {
        /// Close of the previous bar.
        before: Option<f64>,
        /// Of flow and of volume.
        averages: Smoothed<2>,
    }
}

impl Update for TmfState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close, volume]: [f64; 4]) -> Option<[f64; 1]> {
        let before = self.before.replace(close)?;
        let (top, bottom) = (num::max(high, before), num::min(low, before));
        let flow = money_flow([top, bottom, close, volume]);
        let [flow, volume] = self.averages.update_each([flow, volume])?;
        Some([if volume > 0.0 { flow / volume } else { 0.0 }])
    }
}
