//! Cyber Cycle.

use crate::{Indicator, Update};

crate::indicator! {
    /// The cycle of the market, the trend taken out by a high-pass filter of two poles over a price smoothed over four
    /// bars; the trigger is its value one bar ago.
    ///
    /// # Formula
    ///
    /// With `p = (high + low) / 2` and `s = (p[i] + 2 · p[i-1] + 2 · p[i-2] + p[i-3]) / 6`: `cycle[i] = (1 - α / 2)² ·
    /// (s[i] - 2 · s[i-1] + s[i-2]) + 2 · (1 - α) · cycle[i-1] - (1 - α)² · cycle[i-2]`; `trigger[i] = cycle[i-1]`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row 6; before it the cycle is `(p[i] - 2 · p[i-1] + p[i-2]) / 4`.
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
    /// let [mut cycle, mut trigger] = [[1.0; 7]; 2];
    /// CyberCycle::new(0.07)?.compute([&[8.0; 7], &[6.0; 7]], [&mut cycle, &mut trigger])?;
    /// assert_eq!((cycle[6], trigger[6]), (0.0, 0.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cybernetic Analysis for Stocks and Futures", 2004, ch. 4.
    pub struct CyberCycle("cyber_cycle", "Cyber Cycle", Cycle) {
        /// Rate; 2 / (period + 1) of an average of that length.
        alpha: f64 = 0.07, 0.001..=1.0;
    }
    inputs [High, Low]
    outputs pane [cycle: Line, trigger: Line]
}

impl Indicator for CyberCycle {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = CyberCycleState;

    fn lookback(&self) -> usize {
        6
    }

    fn state(&self) -> CyberCycleState {
        CyberCycleState { alpha: self.alpha, bars: 0, prices: None, smooth: [0.0; 2], values: [0.0; 2] }
    }
}

crate::state! {
    /// State of [`CyberCycle`].
    pub struct CyberCycleState {
        alpha: f64,
        bars: usize,
        /// The last three prices, newest first.
        prices: Option<[f64; 3]>,
        /// The last two smoothed prices, newest first.
        smooth: [f64; 2],
        /// The last two values, newest first.
        values: [f64; 2],
    }
}

impl Update for CyberCycleState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let p = 0.5 * (high + low);
        let [p1, p2, p3] = self.prices.unwrap_or([p; 3]);
        self.prices = Some([p, p1, p2]);
        let smooth = p + (2.0 * (p1 - p) + 2.0 * (p2 - p) + (p3 - p)) / 6.0;
        let [s1, s2] = self.smooth;
        self.smooth = [smooth, s1];
        let [y1, y2] = self.values;
        self.bars = self.bars.saturating_add(1);
        let warm = self.bars > 6;
        let value = if warm {
            let (pass, keep) = (1.0 - 0.5 * self.alpha, 1.0 - self.alpha);
            pass * pass * ((smooth - s1) - (s1 - s2)) + 2.0 * keep * y1 - keep * keep * y2
        } else {
            ((p - p1) - (p1 - p2)) / 4.0
        };
        self.values = [value, y1];
        warm.then_some([value, y1])
    }
}
