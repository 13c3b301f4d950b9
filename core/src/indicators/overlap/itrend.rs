//! Instantaneous Trendline.

use crate::{Indicator, Update};

crate::indicator! {
    /// The trend without the cycle of the market, with no lag, and a trigger line that leads it by two bars' change.
    ///
    /// # Formula
    ///
    /// With `p = (high + low) / 2`: `itrend[i] = (α - α² / 4) · p[i] + α² / 2 · p[i-1] - (α - 3 / 4 · α²) · p[i-2] +
    /// 2 · (1 - α) · itrend[i-1] - (1 - α)² · itrend[i-2]`; `trigger[i] = 2 · itrend[i] - itrend[i-2]`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row 6; before it the line is `(p[i] + 2 · p[i-1] + p[i-2]) / 4`.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut line, mut trigger] = [[0.0; 7]; 2];
    /// Itrend::new(0.07)?.compute([&[8.0; 7], &[6.0; 7]], [&mut line, &mut trigger])?;
    /// assert_eq!((line[6], trigger[6]), (7.0, 7.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cybernetic Analysis for Stocks and Futures", 2004, ch. 3.
    pub struct Itrend("itrend", "Instantaneous Trendline", Overlap) {
        /// Rate; 2 / (period + 1) of an average of that length.
        alpha: f64 = 0.07, 0.001..=1.0;
    }
    inputs [High, Low]
    outputs overlay [itrend: Line, trigger: Line]
}

impl Indicator for Itrend {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = ItrendState;

    fn lookback(&self) -> usize {
        6
    }

    fn state(&self) -> ItrendState {
        ItrendState { alpha: self.alpha, bars: 0, prices: None, values: [0.0; 2] }
    }
}

crate::state! {
    /// State of [`Itrend`].
    pub struct ItrendState {
        alpha: f64,
        bars: usize,
        /// The last two prices, newest first.
        prices: Option<[f64; 2]>,
        /// The last two values, newest first.
        values: [f64; 2],
    }
}

impl Update for ItrendState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let p = 0.5 * (high + low);
        let [one, two] = self.prices.unwrap_or([p; 2]);
        self.prices = Some([p, one]);
        let [y1, y2] = self.values;
        self.bars = self.bars.saturating_add(1);
        let warm = self.bars > 6;
        let value = if warm {
            let (a, square) = (self.alpha, self.alpha * self.alpha);
            let keep = 1.0 - a;
            // Around the newest price, so that a flat series gives exactly itself.
            let moved = 0.5 * square * (one - p) - (a - 0.75 * square) * (two - p);
            p + (moved + 2.0 * keep * (y1 - p) - keep * keep * (y2 - p))
        } else {
            p + (2.0 * (one - p) + (two - p)) / 4.0
        };
        self.values = [value, y1];
        warm.then_some([value, value + (value - y2)])
    }
}
