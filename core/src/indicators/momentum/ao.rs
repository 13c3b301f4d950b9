//! Awesome Oscillator.

use crate::kernels::Simple;
use crate::{Indicator, Update};

crate::indicator! {
    /// The distance between a fast and a slow simple average of the bars' middles.
    ///
    /// # Formula
    ///
    /// `ao = sma(median, fast) - sma(median, slow)`, `median = (high + low) / 2`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(fast, slow) - 1`.
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
    /// let mut out = [0.0; 3];
    /// Ao::new(2, 3)?.compute([&[1.0, 2.0, 6.0], &[1.0, 2.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "New Trading Dimensions", 1998. TA-Lib `AO`.
    pub struct Ao("ao", "Awesome Oscillator", Momentum) {
        /// Averaging length in bars.
        fast: usize = 5, 1..=100_000;
        /// Averaging length in bars.
        slow: usize = 34, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [ao: Histogram]
    talib AO(fast: fastperiod, slow: slowperiod)
}

impl Indicator for Ao {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = AoState;

    fn lookback(&self) -> usize {
        self.fast.max(self.slow) - 1
    }

    fn state(&self) -> AoState {
        AoState { fast: Simple::new(self.fast), slow: Simple::new(self.slow) }
    }
}

crate::state! {
    /// State of [`Ao`].
    pub struct AoState {
        fast: Simple,
        slow: Simple,
    }
}

impl Update for AoState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let median = 0.5 * (high + low);
        let (fast, slow) = (self.fast.update(median), self.slow.update(median));
        Some([fast? - slow?])
    }
}
