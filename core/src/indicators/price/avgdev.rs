//! Average Deviation.

use crate::kernels::MeanDeviation;
use crate::{Indicator, Update};

crate::indicator! {
    /// The mean distance of the last `period` values from their mean.
    ///
    /// # Formula
    ///
    /// `avgdev[i] = Σ |x[k] - mean| / period` over the window
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat window. Each bar costs a pass over the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Avgdev::new(2)?.compute([&[1.0, 3.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1..], [1.0, 0.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `AVGDEV`.
    pub struct Avgdev("avgdev", "Average Deviation", Price) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs pane [avgdev: Line]
    talib AVGDEV(period: timeperiod)
}

impl Indicator for Avgdev {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = AvgdevState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> AvgdevState {
        AvgdevState { window: MeanDeviation::new(self.period) }
    }
}

crate::state! {
    /// State of [`Avgdev`].
    pub struct AvgdevState {
        window: MeanDeviation,
    }
}

impl Update for AvgdevState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.update(x).map(|[_, deviation]| [deviation])
    }
}
