//! Spearman Rank Correlation.

use crate::kernels::{Sorted, rank_correlation};
use crate::{Indicator, Update};

crate::indicator! {
    /// How closely the order of one column follows that of another over the last `period` bars, -1 to 1. High and low
    /// unless others are named.
    ///
    /// # Formula
    ///
    /// Pearson's correlation of the values' ranks in the window; equal values share the mean of their ranks
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 when either column is flat in the window. Each bar costs a search for every row of the window, for all ranks
    /// may change.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Spearman::new(3)?.compute([&[1.0, 2.0, 9.0], &[5.0, 6.0, 7.0]], [&mut out])?;
    /// assert!((out[2] - 1.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Spearman, "The Proof and Measurement of Association between Two Things", 1904.
    pub struct Spearman("spearman", "Spearman Rank Correlation", Statistics) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [High, Low]
    outputs pane [spearman: Line]
}

impl Indicator for Spearman {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = SpearmanState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> SpearmanState {
        SpearmanState { period: self.period, windows: [Sorted::new(self.period), Sorted::new(self.period)] }
    }
}

crate::state! {
    /// State of [`Spearman`].
    pub struct SpearmanState {
        period: usize,
        windows: [Sorted; 2],
    }
}

impl Update for SpearmanState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, y]: [f64; 2]) -> Option<[f64; 1]> {
        let [first, second] = &mut self.windows;
        let full = first.push(x, self.period).is_some() & second.push(y, self.period).is_some();
        full.then(|| [rank_correlation(first.ranks().zip(second.ranks()))])
    }
}
