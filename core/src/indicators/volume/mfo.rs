//! Money Flow Oscillator.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The share of volume that flowed in, by how bars reach beyond the bar before, -1 to 1.
    ///
    /// # Formula
    ///
    /// With `up = high[i] - low[i-1]` and `down = high[i-1] - low[i]`: `mfo = Σ volume · (up - down) / (up + down) / Σ
    /// volume` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// Bars without range flow nowhere; 0 where nothing was traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Mfo::new(1)?.compute([&[2.0, 3.0], &[1.0, 2.0], &[1.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[1], 1.0); // 2 and 0
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Apirine, "The Money Flow Oscillator", Technical Analysis of Stocks & Commodities 33:10, 2015.
    pub struct Mfo("mfo", "Money Flow Oscillator", Volume) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [High, Low, Volume]
    outputs pane [mfo: Line]
}

impl Indicator for Mfo {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = MfoState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> MfoState {
        MfoState { before: None, flows: Window::new(self.period), volumes: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Mfo`].
    pub struct MfoState {
        /// High and low of the previous bar.
        before: Option<[f64; 2]>,
        flows: Window<Total>,
        volumes: Window<Total>,
    }
}

impl Update for MfoState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, volume]: [f64; 3]) -> Option<[f64; 1]> {
        let [before_high, before_low] = self.before.replace([high, low])?;
        let (up, down) = (high - before_low, before_high - low);
        let flow = if up + down > 0.0 { volume * ((up - down) / (up + down)) } else { 0.0 };
        let (flows, volumes) = (self.flows.push(flow), self.volumes.push(volume)?.fold.0);
        Some([if volumes > 0.0 { flows?.fold.0 / volumes } else { 0.0 }])
    }
}
