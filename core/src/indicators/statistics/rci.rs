//! Rank Correlation Index.

use crate::kernels::{Sorted, rank_correlation};
use crate::{Indicator, Update};

crate::indicator! {
    /// How closely the order of the last `period` values follows time, -100 (always falling) to 100 (always rising).
    ///
    /// # Formula
    ///
    /// 100 times the correlation of the values' ranks in the window with their places in time; equal values share the
    /// mean of their ranks
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat window. Each bar costs a search for every row of the window, for all ranks may change.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Rci::new(3)?.compute([&[3.0, 2.0, 1.0]], [&mut out])?;
    /// assert!((out[2] + 100.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Spearman, "The Proof and Measurement of Association between Two Things", 1904; as on TradingView.
    pub struct Rci("rci", "Rank Correlation Index", Statistics) {
        /// Window in bars.
        period: usize = 9, 2..=100_000;
    }
    inputs [Close]
    outputs pane [rci: Line]
}

impl Indicator for Rci {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RciState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> RciState {
        RciState { period: self.period, window: Sorted::new(self.period) }
    }
}

crate::state! {
    /// State of [`Rci`].
    pub struct RciState {
        period: usize,
        window: Sorted,
    }
}

impl Update for RciState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.window.push(x, self.period)?;
        let newest = 0.5 * (self.period as f64 - 1.0);
        let times = (0_u32..).map(|bars| newest - f64::from(bars));
        Some([100.0 * rank_correlation(self.window.ranks().zip(times))])
    }
}
