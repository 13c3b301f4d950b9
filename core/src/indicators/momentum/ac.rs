//! Accelerator Oscillator.

use crate::kernels::Simple;
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the awesome oscillator is from its own average: whether the driving force grows.
    ///
    /// # Formula
    ///
    /// `ac = ao - sma(ao, signal)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(fast, slow) + signal - 2`.
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
    /// let mut out = [0.0; 4];
    /// Ac::new(1, 2, 2)?.compute([&[1.0, 3.0, 7.0, 7.0], &[1.0, 3.0, 7.0, 7.0]], [&mut out])?;
    /// assert_eq!(out[2..], [0.5, -1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "New Trading Dimensions", 1998. TA-Lib `AC`.
    pub struct Ac("ac", "Accelerator Oscillator", Momentum) {
        /// Averaging length in bars.
        fast: usize = 5, 1..=100_000;
        /// Averaging length in bars.
        slow: usize = 34, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 5, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [ac: Histogram]
    talib AC(fast: fastperiod, slow: slowperiod, signal: signalperiod)
}

impl Indicator for Ac {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = AcState;

    fn lookback(&self) -> usize {
        self.fast.max(self.slow) + self.signal - 2
    }

    fn state(&self) -> AcState {
        AcState {
            fast: Simple::new(self.fast),
            slow: Simple::new(self.slow),
            signal: Simple::new(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Ac`].
    pub struct AcState {
        fast: Simple,
        slow: Simple,
        signal: Simple,
    }
}

impl Update for AcState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let median = 0.5 * (high + low);
        let (fast, slow) = (self.fast.update(median), self.slow.update(median));
        let oscillator = fast? - slow?;
        self.signal.update(oscillator).map(|signal| [oscillator - signal])
    }
}
