//! Market Meanness Index.

use crate::kernels::{Recent, Sorted, middle};
use crate::{Indicator, Update};

crate::indicator! {
    /// The share of steps that go towards the median of the last `period` values, in per cent: 75 when prices are drawn
    /// at random, lower in a trend.
    ///
    /// # Formula
    ///
    /// How many of the window's steps start above its median and fall, or start below it and rise, in per cent of the
    /// `period - 1` steps
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat window. Each bar costs a walk over the window, for the median moves.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 5];
    /// Mmi::new(5)?.compute([&[1.0, 5.0, 2.0, 3.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[4], 75.0); // all but the step from the median, 3, to 4
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Lotter, "Market Meanness Index", Financial Hacker, 2015 (Zorro's `MMI`).
    pub struct Mmi("mmi", "Market Meanness Index", Statistics) {
        /// Window in bars.
        period: usize = 200, 2..=100_000;
    }
    inputs [Close]
    outputs pane [mmi: Line]
}

impl Indicator for Mmi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MmiState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MmiState {
        MmiState { period: self.period, past: Recent::new(self.period), sorted: Sorted::new(self.period) }
    }
}

crate::state! {
    /// State of [`Mmi`].
    pub struct MmiState {
        period: usize,
        past: Recent,
        sorted: Sorted,
    }
}

impl Update for MmiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.past.push(x);
        let median = middle(self.sorted.push(x, self.period)?);
        let steps = self.past.newest_first().zip(self.past.newest_first().skip(1));
        let reverts =
            |(to, from): &(f64, f64)| ((*from > median) & (to < from)) | ((*from < median) & (to > from));
        let count = steps.filter(reverts).count();
        Some([100.0 * count as f64 / (self.period as f64 - 1.0)])
    }
}
