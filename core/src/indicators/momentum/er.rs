//! Efficiency Ratio.

use crate::kernels::Efficiency;
use crate::{Indicator, Update};

crate::indicator! {
    /// How straight the price went: its net change against the sum of its changes, 0 to 1.
    ///
    /// # Formula
    ///
    /// `er = |x[i] - x[i-period]| / Σ |changes|` over `period` changes
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 1 where nothing moved.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Er::new(2)?.compute([&[1.0, 4.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 0.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kaufman, "Smarter Trading", 1995. TA-Lib `ER`.
    pub struct Er("er", "Efficiency Ratio", Momentum) {
        /// Window in changes.
        period: usize = 10, 1..=100_000;
    }
    inputs [Close]
    outputs pane [er: Line]
    talib ER(period: timeperiod)
}

impl Indicator for Er {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ErState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> ErState {
        ErState { efficiency: Efficiency::new(self.period) }
    }
}

crate::state! {
    /// State of [`Er`].
    pub struct ErState {
        efficiency: Efficiency,
    }
}

impl Update for ErState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.efficiency.update(x).map(|value| [value])
    }
}
