//! Time Segmented Volume.

use crate::kernels::{Simple, Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The price's changes times the volume behind them, summed over the last bars, with a signal line.
    ///
    /// # Formula
    ///
    /// `tsv = Σ (x[i] - x[i-1]) · volume[i]` over `period` bars, `signal = sma(tsv, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period + signal - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut tsv, mut signal] = [[0.0; 3]; 2];
    /// Tsv::new(2, 1)?.compute([&[1.0, 3.0, 2.0], &[9.0, 2.0, 3.0]], [&mut tsv, &mut signal])?;
    /// assert_eq!(tsv[2], 1.0); // 4 less 3
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Worden, "Time Segmented Volume"; formula and lengths as in scripts on TradingView, for the original is not
    /// published.
    pub struct Tsv("tsv", "Time Segmented Volume", Volume) {
        /// Window in changes.
        period: usize = 13, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 7, 1..=100_000;
    }
    inputs [Close, Volume]
    outputs pane [tsv: Line, signal: Line]
}

impl Indicator for Tsv {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = TsvState;

    fn lookback(&self) -> usize {
        self.period + self.signal - 1
    }

    fn state(&self) -> TsvState {
        TsvState { before: None, flows: Window::new(self.period), signal: Simple::new(self.signal) }
    }
}

crate::state! {
    /// State of [`Tsv`].
    pub struct TsvState {
        /// The previous value.
        before: Option<f64>,
        flows: Window<Total>,
        signal: Simple,
    }
}

impl Update for TsvState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x, volume]: [f64; 2]) -> Option<[f64; 2]> {
        let change = x - self.before.replace(x)?;
        let tsv = self.flows.push(change * volume)?.fold.0;
        self.signal.update(tsv).map(|signal| [tsv, signal])
    }
}
