//! MACD Fix 12/26.

use super::macd::MacdState;
use crate::Indicator;
use crate::kernels::Smoothed;

crate::indicator! {
    /// `macd` of 12 and 26 bars with the rounded rates of its early days, 0.15 and 0.075.
    ///
    /// # Formula
    ///
    /// As `macd`, but the averages move 0.15 and 0.075 of the way to each new value
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `signal + 24`.
    ///
    /// # Edge cases
    ///
    /// All outputs are exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut macd, mut signal, mut histogram] = [[1.0; 40]; 3];
    /// Macdfix::default().compute([&[5.0; 40]], [&mut macd, &mut signal, &mut histogram])?;
    /// assert_eq!([macd[39], signal[39], histogram[39]], [0.0; 3]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Appel, "Technical Analysis: Power Tools for Active Investors", 2005. TA-Lib `MACDFIX`.
    pub struct Macdfix("macdfix", "MACD Fix 12/26", Momentum) {
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [Close]
    outputs pane [macd: Line, signal: Line, histogram: Histogram]
    talib MACDFIX(signal: signalperiod)
}

impl Indicator for Macdfix {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = MacdState;

    fn lookback(&self) -> usize {
        24 + self.signal
    }

    fn state(&self) -> MacdState {
        let (fast, slow) = (Smoothed::with_rate(12, 0.15), Smoothed::with_rate(26, 0.075));
        MacdState::of(26 - 12, fast, slow, Smoothed::exponential(self.signal))
    }
}
