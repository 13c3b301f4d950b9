//! Momentum.

use crate::kernels::Delay;
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the price is from where it was `period` bars ago.
    ///
    /// # Formula
    ///
    /// `mom[i] = x[i] - x[i-period]`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
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
    /// Mom::new(2)?.compute([&[2.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2], 4.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 10. TA-Lib `MOM`.
    pub struct Mom("mom", "Momentum", Momentum) {
        /// Distance in bars.
        period: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [mom: Line]
    talib MOM(period: timeperiod)
}

impl Indicator for Mom {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MomState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> MomState {
        MomState { past: Delay::new(self.period) }
    }
}

crate::state! {
    /// State of [`Mom`].
    pub struct MomState {
        past: Delay,
    }
}

impl Update for MomState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        Some([x - past])
    }
}
