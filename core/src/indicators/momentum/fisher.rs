//! Fisher Transform.

use crate::kernels::Range;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The place of the price in its recent range, stretched so that extremes stand out as sharp turns. The trigger is
    /// its value one bar ago.
    ///
    /// # Formula
    ///
    /// With `p = (high + low) / 2`: `place = (p - lowest) / (highest - lowest)` of the last `period` middles, `v[i] =
    /// 0.66 · (place - 0.5) + 0.67 · v[i-1]`, put to ±0.999 beyond ±0.99, `fisher[i] = 0.5 · ln((1 + v) / (1 - v)) +
    /// 0.5 · fisher[i-1]`; `trigger[i] = fisher[i-1]`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period - 1`, with `v` and `fisher` 0 before it.
    ///
    /// # Edge cases
    ///
    /// A window without range counts as a place of 0.5. Exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut fisher, mut trigger] = [[1.0; 3]; 2];
    /// Fisher::new(2)?.compute([&[8.0; 3], &[6.0; 3]], [&mut fisher, &mut trigger])?;
    /// assert_eq!((fisher[2], trigger[2]), (0.0, 0.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Using the Fisher Transform", Technical Analysis of Stocks & Commodities 20:11, 2002. As TradingView and
    /// Tulip `fisher`.
    pub struct Fisher("fisher", "Fisher Transform", Momentum) {
        /// Window of the range in bars.
        period: usize = 9, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [fisher: Line, trigger: Line]
}

impl Indicator for Fisher {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = FisherState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> FisherState {
        FisherState { range: Range::new(self.period), place: 0.0, fisher: 0.0 }
    }
}

crate::state! {
    /// State of [`Fisher`].
    pub struct FisherState {
        range: Range,
        place: f64,
        fisher: f64,
    }
}

impl Update for FisherState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let p = 0.5 * (high + low);
        let [highest, lowest] = self.range.update(p, p)?;
        let place = if highest > lowest { (p - lowest) / (highest - lowest) - 0.5 } else { 0.0 };
        let place = 0.66 * place + 0.67 * self.place;
        self.place = if place > 0.99 {
            0.999
        } else if place < -0.99 {
            -0.999
        } else {
            place
        };
        let before = self.fisher;
        self.fisher = 0.5 * num::ln((1.0 + self.place) / (1.0 - self.place)) + 0.5 * before;
        Some([self.fisher, before])
    }
}
