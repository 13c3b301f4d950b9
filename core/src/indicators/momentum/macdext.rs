//! MACD With Any Averages.

use crate::kernels::Average;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// `macd` with the kind of each of its three averages chosen.
    ///
    /// # Formula
    ///
    /// `macd = ma(x, fast) - ma(x, slow)`, `signal = ma(macd, signal)`, `histogram = macd - signal`
    ///
    /// # Warm-up
    ///
    /// The first values stand where the slower average and then the signal have their first. Both averages begin so
    /// that they have their first value together.
    ///
    /// # Edge cases
    ///
    /// `fast` and `slow` change places, with their kinds, when `fast` is the longer.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut macd, mut signal, mut histogram] = [[0.0; 4]; 3];
    /// let close = [1.0, 2.0, 3.0, 5.0];
    /// let macdext = Macdext::new(2, MaType::Sma, 3, MaType::Sma, 1, MaType::Sma)?;
    /// macdext.compute([&close], [&mut macd, &mut signal, &mut histogram])?;
    /// assert!((macd[3] - 2.0 / 3.0).abs() < 1e-15);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Appel, "Technical Analysis: Power Tools for Active Investors", 2005. TA-Lib `MACDEXT`.
    pub struct Macdext("macdext", "MACD With Any Averages", Momentum) {
        /// Averaging length in bars.
        fast: usize = 12, 2..=100_000;
        /// Kind of the fast average.
        fast_ma: MaType = "sma";
        /// Averaging length in bars.
        slow: usize = 26, 2..=100_000;
        /// Kind of the slow average.
        slow_ma: MaType = "sma";
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
        /// Kind of the signal average.
        signal_ma: MaType = "sma";
    }
    inputs [Close]
    outputs pane [macd: Line, signal: Line, histogram: Histogram]
    talib MACDEXT(fast: fastperiod, fast_ma: fastmatype, slow: slowperiod, slow_ma: slowmatype, signal: signalperiod, signal_ma: signalmatype)
}

impl Macdext {
    /// Of the fast and the slow average.
    fn lookbacks(&self) -> [usize; 2] {
        [Average::lookback(self.fast_ma, self.fast), Average::lookback(self.slow_ma, self.slow)]
    }
}

impl Indicator for Macdext {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = MacdextState;

    fn lookback(&self) -> usize {
        let [fast, slow] = self.lookbacks();
        fast.max(slow) + Average::lookback(self.signal_ma, self.signal)
    }

    fn state(&self) -> MacdextState {
        let [fast, slow] = self.lookbacks();
        let last = fast.max(slow);
        MacdextState {
            skip: [last - fast, last - slow],
            swapped: self.fast > self.slow,
            fast: Average::new(self.fast_ma, self.fast),
            slow: Average::new(self.slow_ma, self.slow),
            signal: Average::new(self.signal_ma, self.signal),
        }
    }
}

crate::state! {
    /// State of [`Macdext`].
    pub struct MacdextState {
        /// Bars still to pass before each average begins.
        skip: [usize; 2],
        swapped: bool,
        fast: Average,
        slow: Average,
        signal: Average,
    }
}

impl Update for MacdextState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let [fast_waits, slow_waits] = self.skip.map(|bars| bars > 0);
        self.skip = self.skip.map(|bars| bars.saturating_sub(1));
        let fast = if fast_waits { None } else { self.fast.update(x) };
        let slow = if slow_waits { None } else { self.slow.update(x) };
        let gap = fast? - slow?;
        let macd = if self.swapped { -gap } else { gap };
        let signal = self.signal.update(macd)?;
        Some([macd, signal, macd - signal])
    }
}
