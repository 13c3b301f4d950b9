//! Trend Detection Index.

use crate::kernels::{Delay, Sum, Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Whether the market trends (above 0) or ranges (below), and which way it trends.
    ///
    /// # Formula
    ///
    /// `change = x[i] - x[i-period]`; `direction = Σ change` over `period` bars; `tdi = |direction| - (Σ |change| over
    /// 2 · period bars - Σ |change| over period bars)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `3 · period - 1`.
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
    /// let [mut tdi, mut direction] = [[0.0; 3]; 2];
    /// Tdi::new(1)?.compute([&[1.0, 2.0, 5.0]], [&mut tdi, &mut direction])?;
    /// assert_eq!((tdi[2], direction[2]), (2.0, 3.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Pee, "Trend Detection Index", Technical Analysis of Stocks & Commodities 19:10, 2001.
    pub struct Tdi("tdi", "Trend Detection Index", Momentum) {
        /// Distance and window in bars.
        period: usize = 20, 1..=50_000;
    }
    inputs [Close]
    outputs pane [tdi: Line, direction: Line]
}

impl Indicator for Tdi {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = TdiState;

    fn lookback(&self) -> usize {
        3 * self.period - 1
    }

    fn state(&self) -> TdiState {
        TdiState {
            period: self.period,
            past: Delay::new(self.period),
            changes: Window::new(self.period),
            sizes: Window::new(self.period),
            earlier: Delay::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Tdi`].
    pub struct TdiState {
        period: usize,
        past: Delay,
        changes: Window<Sum>,
        sizes: Window<Total>,
        /// Sums of sizes.
        earlier: Delay,
    }
}

impl Update for TdiState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let change = x - self.past.push(x)?;
        let (direction, size) = (self.changes.push(change), self.sizes.push(change.abs()));
        let direction = direction?.sum(self.period);
        let earlier = self.earlier.push(size?.fold.0)?;
        Some([direction.abs() - earlier, direction])
    }
}
