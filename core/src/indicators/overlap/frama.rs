//! Fractal Adaptive Moving Average.

use crate::kernels::{Delay, Range};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// An exponential average of the bars' middles, its rate set by the fractal dimension of the price: fast on a
    /// straight run, nearly still in a noisy range.
    ///
    /// # Formula
    ///
    /// With `n` the period (an odd one counts as the even one below): `n1` = range of the newer `n / 2` bars over `n /
    /// 2`, `n2` of the older ones, `n3` = range of all over `n`, `d = (ln(n1 + n2) - ln(n3)) / ln 2`, `alpha =
    /// exp(-4.6 · (d - 1))` within 0.01 … 1, `frama[i] = alpha · median + (1 - alpha) · frama[i-1]` with `median =
    /// (high + low) / 2`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `n`; up to there the average is the bar's middle.
    ///
    /// # Edge cases
    ///
    /// A bar on which one of the three ranges is 0 keeps the dimension before. A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    /// let mut out = [0.0; 6];
    /// Frama::new(4)?.compute([&price, &price], [&mut out])?;
    /// assert_eq!(out[4..], [5.0, 6.0]); // no lag on a straight line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Fractal Adaptive Moving Averages", Technical Analysis of Stocks & Commodities 23:10, 2005.
    pub struct Frama("frama", "Fractal Adaptive Moving Average", Overlap) {
        /// Window in bars, even.
        period: usize = 16, 2..=100_000;
    }
    inputs [High, Low]
    outputs overlay [frama: Line]
}

impl Indicator for Frama {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = FramaState;

    fn lookback(&self) -> usize {
        self.period / 2 * 2
    }

    fn state(&self) -> FramaState {
        FramaState {
            half: self.period / 2,
            range: Range::new(self.period / 2),
            older: [Delay::new(self.period / 2), Delay::new(self.period / 2)],
            dimension: 1.0,
            value: 0.0,
            begun: false,
        }
    }
}

crate::state! {
    /// State of [`Frama`].
    pub struct FramaState {
        half: usize,
        range: Range,
        /// Highest and lowest of the older half.
        older: [Delay; 2],
        dimension: f64,
        /// The average once it has begun, the bar's middle until then.
        value: f64,
        /// Whether the bar before had a whole window.
        begun: bool,
    }
}

impl Update for FramaState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let median = 0.5 * (high + low);
        let newer = self.range.update(high, low);
        let older = newer.and_then(|[highest, lowest]| {
            let [past_highest, past_lowest] = &mut self.older;
            let past = (past_highest.push(highest), past_lowest.push(lowest));
            Some([past.0?, past.1?])
        });
        let (Some([high_1, low_1]), Some([high_2, low_2])) = (newer, older) else {
            self.value = median;
            return None;
        };
        let half = self.half as f64;
        let (n1, n2) = ((high_1 - low_1) / half, (high_2 - low_2) / half);
        let n3 = (num::max(high_1, high_2) - num::min(low_1, low_2)) / (2.0 * half);
        if (n1 > 0.0) & (n2 > 0.0) & (n3 > 0.0) {
            self.dimension = num::ln((n1 + n2) / n3) / std::f64::consts::LN_2;
        }
        if !std::mem::replace(&mut self.begun, true) {
            self.value = median;
            return None;
        }
        let alpha = num::min(num::max(num::exp(-4.6 * (self.dimension - 1.0)), 0.01), 1.0);
        self.value += (median - self.value) * alpha;
        Some([self.value])
    }
}
