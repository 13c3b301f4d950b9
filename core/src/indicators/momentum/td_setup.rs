//! TD Setup.

use crate::kernels::Delay;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// DeMark's count of consecutive closes above (positive) or below (negative) the close `distance` bars before: a
    /// setup is complete at 9 or -9.
    ///
    /// # Formula
    ///
    /// `setup[i] = max(setup[i-1], 0) + 1` when `x[i] > x[i-distance]`, `min(setup[i-1], 0) - 1` when it is below, 0
    /// when equal
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `distance`.
    ///
    /// # Edge cases
    ///
    /// The count goes on past 9; a close that is equal to the earlier one ends it.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 6];
    /// TdSetup::new(2)?.compute([&[1.0, 2.0, 3.0, 4.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[2..], [1.0, 2.0, 0.0, -1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// DeMark, "The New Science of Technical Analysis", 1994, ch. 7. pandas-ta's `td_seq` stops counting at 13.
    pub struct TdSetup("td_setup", "TD Setup", Momentum) {
        /// Distance of the close compared with, in bars.
        distance: usize = 4, 1..=100_000;
    }
    inputs [Close]
    outputs pane [setup: Histogram]
}

impl Indicator for TdSetup {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = TdSetupState;

    fn lookback(&self) -> usize {
        self.distance
    }

    fn state(&self) -> TdSetupState {
        TdSetupState { past: Delay::new(self.distance), count: 0.0 }
    }
}

crate::state! {
    /// State of [`TdSetup`].
    pub struct TdSetupState {
        past: Delay,
        count: f64,
    }
}

impl Update for TdSetupState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let past = self.past.push(x)?;
        self.count = if x > past {
            num::max(self.count, 0.0) + 1.0
        } else if x < past {
            num::min(self.count, 0.0) - 1.0
        } else {
            0.0
        };
        Some([self.count])
    }
}
