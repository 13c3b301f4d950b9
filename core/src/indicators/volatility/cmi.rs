//! Choppy Market Index.

use crate::kernels::{Delay, Range};
use crate::{Indicator, Update};

crate::indicator! {
    /// How much of its range the market has covered from end to end, 0 (choppy) to 100 (a straight move).
    ///
    /// # Formula
    ///
    /// `cmi = 100 · |close[i] - close[i-period+1]| / (highest high - lowest low)` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
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
    /// let mut out = [0.0; 2];
    /// Cmi::new(2)?.compute([&[2.0, 4.0], &[0.0, 2.0], &[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kroll, in Pruitt and Hill, "Building Winning Trading Systems", 2003.
    pub struct Cmi("cmi", "Choppy Market Index", Volatility) {
        /// Window in bars.
        period: usize = 30, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [cmi: Line]
}

impl Indicator for Cmi {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = CmiState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> CmiState {
        CmiState { past: Delay::new(self.period - 1), range: Range::new(self.period) }
    }
}

crate::state! {
    /// State of [`Cmi`].
    pub struct CmiState {
        past: Delay,
        range: Range,
    }
}

impl Update for CmiState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let (past, extremes) = (self.past.push(close), self.range.update(high, low));
        let [highest, lowest] = extremes?;
        let range = highest - lowest;
        Some([if range > 0.0 { 100.0 * (close - past?).abs() / range } else { 0.0 }])
    }
}
