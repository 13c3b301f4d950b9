//! Accumulative Swing Index.

use crate::kernels::Compensated;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Wilder's running total of swings: a bar's swing weighs its close, its body and the previous body against the
    /// range.
    ///
    /// # Formula
    ///
    /// `swing = 50 · (close - close' + (close - open) / 2 + (close' - open') / 4) / r · k / limit` (`'`: of the bar
    /// before), `k` the larger of `a = |high - close'|` and `b = |low - close'|`; `r` is `a - b / 2`, `b - a / 2` or
    /// `high - low`, whichever of `a`, `b` and the range is largest, plus `|close' - open'| / 4`; `asi = Σ swing`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row 1. The level depends on where the series begins.
    ///
    /// # Edge cases
    ///
    /// A bar without range counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut asi, mut swing] = [[0.0; 2]; 2];
    /// Asi::new(10.0)?.compute([&[2.0, 2.0], &[2.0, 4.0], &[2.0, 2.0], &[2.0, 4.0]], [&mut asi, &mut swing])?;
    /// assert_eq!((asi[1], swing[1]), (15.0, 15.0)); // 50 · 3 / 2 · 2 / 10
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 8.
    pub struct Asi("asi", "Accumulative Swing Index", Momentum) {
        /// Largest move of a day that the exchange allows, in units of the price.
        limit: f64 = 10.0, 1e-9..=1e12;
    }
    inputs [Open, High, Low, Close]
    outputs pane [asi: Line, swing: Histogram]
}

impl Indicator for Asi {
    type In = [f64; 4];
    type Out = [f64; 2];
    type State = AsiState;

    fn lookback(&self) -> usize {
        1
    }

    fn state(&self) -> AsiState {
        AsiState { limit: self.limit, before: None, total: Compensated::default() }
    }
}

crate::state! {
    /// State of [`Asi`].
    pub struct AsiState {
        limit: f64,
        /// Open and close of the previous bar.
        before: Option<[f64; 2]>,
        total: Compensated,
    }
}

impl Update for AsiState {
    type In = [f64; 4];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [open, high, low, close]: [f64; 4]) -> Option<[f64; 2]> {
        let [before_open, before] = self.before.replace([open, close])?;
        let (above, below, range) = ((high - before).abs(), (low - before).abs(), high - low);
        let reach = num::max(above, below);
        let base = if reach <= range {
            range
        } else if above >= below {
            above - 0.5 * below
        } else {
            below - 0.5 * above
        };
        let base = base + 0.25 * (before - before_open).abs();
        let weighed = (close - before) + 0.5 * (close - open) + 0.25 * (before - before_open);
        let swing = if base > 0.0 { 50.0 * (weighed / base) * (reach / self.limit) } else { 0.0 };
        Some([self.total.add(swing), swing])
    }
}
