//! Random Walk Index.

use crate::kernels::{Recent, true_range};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How far the market has gone, up and down, against how far a random walk of the same ranges would have: above 1
    /// it trends.
    ///
    /// # Formula
    ///
    /// `high = max((high[i] - low[i-n]) / (mean of the last n true ranges · √n))` over `n` from 2 to `period`; `low`
    /// likewise of `high[i-n] - low[i]`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where there is no range. Each bar costs a walk over the window, for the best length may be any.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut high, mut low] = [[0.0; 3]; 2];
    /// Rwi::new(2)?.compute([&[2.0, 3.0, 4.0], &[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]], [&mut high, &mut low])?;
    /// assert!((high[2] - 3.0 / (2.0 * 2.0_f64.sqrt())).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Poulos, "Of Trends and Random Walks", Technical Analysis of Stocks & Commodities 9:2, 1991. TradingView's
    /// scripts use the one length `period`.
    pub struct Rwi("rwi", "Random Walk Index", Momentum) {
        /// Longest distance in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [high: Line, low: Line]
}

impl Indicator for Rwi {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = RwiState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> RwiState {
        RwiState {
            before: None,
            highs: Recent::new(self.period),
            lows: Recent::new(self.period),
            ranges: Recent::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Rwi`].
    pub struct RwiState {
        /// Close of the previous bar.
        before: Option<f64>,
        highs: Recent,
        lows: Recent,
        ranges: Recent,
    }
}

impl Update for RwiState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let before = self.before.replace(close);
        if let Some(before) = before {
            self.ranges.push(true_range(before, high, low));
        }
        let mut best = [0.0; 2];
        let mut sum = 0.0;
        let past = self.highs.newest_first().zip(self.lows.newest_first());
        let bars = past.zip(self.ranges.newest_first());
        for (((past_high, past_low), range), n) in bars.zip(1_u32..) {
            sum += range;
            let walk = sum / num::sqrt(f64::from(n));
            if (n > 1) & (walk > 0.0) {
                best = [
                    num::max(best[0], (high - past_low) / walk),
                    num::max(best[1], (past_high - low) / walk),
                ];
            }
        }
        self.highs.push(high);
        self.lows.push(low).map(|_| best)
    }
}
