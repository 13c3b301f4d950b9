//! Average Daily Range.

use crate::kernels::Simple;
use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of high less low over the last `period` bars.
    ///
    /// # Formula
    ///
    /// `adr = mean(high - low, period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Unlike `atr`, gaps between bars do not count.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Adr::new(2)?.compute([&[5.0, 9.0], &[4.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[1], 2.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `ADR`.
    pub struct Adr("adr", "Average Daily Range", Volatility) {
        /// Window in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [adr: Line]
    talib ADR(period: timeperiod)
}

impl Indicator for Adr {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = AdrState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> AdrState {
        AdrState { average: Simple::new(self.period) }
    }
}

crate::state! {
    /// State of [`Adr`].
    pub struct AdrState {
        average: Simple,
    }
}

impl Update for AdrState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        self.average.update(high - low).map(|value| [value])
    }
}
