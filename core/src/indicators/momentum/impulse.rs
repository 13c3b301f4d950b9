//! Elder Impulse System.

use super::macd::MacdState;
use crate::kernels::Smoothed;
use crate::{Indicator, PairSeed, Update};

crate::indicator! {
    /// Whether trend and momentum agree: 1 when the average and the MACD histogram both rise, -1 when both fall,
    /// otherwise 0.
    ///
    /// # Formula
    ///
    /// The signs of the one-bar changes of `ema(x, period)` and of the `histogram` of `macd(fast, slow, signal)`: their
    /// common sign, or 0
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(period, max(fast, slow) + signal - 1)`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Impulse::new(2, 1, 2, 2)?.compute([&[1.0, 1.0, 1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[3], 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Elder, "Come Into My Trading Room", 2002.
    pub struct Impulse("impulse", "Elder Impulse System", Momentum) {
        /// Length of the average in bars.
        period: usize = 13, 1..=100_000;
        /// Length of the MACD's fast average in bars.
        fast: usize = 12, 1..=100_000;
        /// Length of the MACD's slow average in bars.
        slow: usize = 26, 1..=100_000;
        /// Length of the MACD's signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [Close]
    outputs pane [impulse: Histogram]
}

impl Indicator for Impulse {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ImpulseState;

    fn lookback(&self) -> usize {
        self.period.max(self.fast.max(self.slow) + self.signal - 1)
    }

    fn state(&self) -> ImpulseState {
        ImpulseState {
            average: Smoothed::exponential(self.period),
            macd: MacdState::new(self.fast, self.slow, self.signal, PairSeed::Aligned),
            before: [None, None],
        }
    }
}

crate::state! {
    /// State of [`Impulse`].
    pub struct ImpulseState {
        average: Smoothed,
        macd: MacdState,
        /// Average and histogram of the previous bar.
        before: [Option<f64>; 2],
    }
}

impl Update for ImpulseState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let average = self.average.update(x);
        let histogram = self.macd.update([x]).map(|[.., histogram]| histogram);
        let [before_average, before_histogram] = std::mem::replace(&mut self.before, [average, histogram]);
        let trend = average? - before_average?;
        let momentum = histogram? - before_histogram?;
        let rises = (trend > 0.0) & (momentum > 0.0);
        let falls = (trend < 0.0) & (momentum < 0.0);
        Some([if rises {
            1.0
        } else if falls {
            -1.0
        } else {
            0.0
        }])
    }
}
