//! Relative Vigor Index.

use crate::kernels::{Fir, Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// How much of the bars' ranges lies between open and close, signed and smoothed, with a signal line: strong trends
    /// close near their extremes.
    ///
    /// # Formula
    ///
    /// `w` weighs the last four bars 1, 2, 2, 1; `rvgi = Σ w(close - open) / Σ w(high - low)` over `period` bars;
    /// `signal = w(rvgi)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period + 5`.
    ///
    /// # Edge cases
    ///
    /// 0 where there is no range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (open, high, low, close) = ([1.0; 7], [3.0; 7], [1.0; 7], [2.0; 7]);
    /// let [mut rvgi, mut signal] = [[0.0; 7]; 2];
    /// Rvgi::new(1)?.compute([&open, &high, &low, &close], [&mut rvgi, &mut signal])?;
    /// assert_eq!((rvgi[6], signal[6]), (0.5, 0.5));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Relative Vigor Index", Technical Analysis of Stocks & Commodities 20:1, 2002.
    pub struct Rvgi("rvgi", "Relative Vigor Index", Momentum) {
        /// Window in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Open, High, Low, Close]
    outputs pane [rvgi: Line, signal: Line]
}

impl Indicator for Rvgi {
    type In = [f64; 4];
    type Out = [f64; 2];
    type State = RvgiState;

    fn lookback(&self) -> usize {
        self.period + 5
    }

    fn state(&self) -> RvgiState {
        let weighted = || Fir::new(vec![1.0 / 6.0, 2.0 / 6.0, 2.0 / 6.0, 1.0 / 6.0]);
        RvgiState {
            body: weighted(),
            range: weighted(),
            bodies: Window::new(self.period),
            ranges: Window::new(self.period),
            signal: weighted(),
        }
    }
}

crate::state! {
    /// State of [`Rvgi`].
    pub struct RvgiState {
        body: Fir,
        range: Fir,
        bodies: Window<Total>,
        ranges: Window<Total>,
        signal: Fir,
    }
}

impl Update for RvgiState {
    type In = [f64; 4];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 2]> {
        let (body, range) = (self.body.update(close - open), self.range.update(high - low));
        let (bodies, ranges) = (self.bodies.push(body?), self.ranges.push(range?));
        let (bodies, ranges) = (bodies?.fold.0, ranges?.fold.0);
        let rvgi = if ranges > 0.0 { bodies / ranges } else { 0.0 };
        self.signal.update(rvgi).map(|signal| [rvgi, signal])
    }
}
