//! Fast Stochastic Oscillator.

use crate::kernels::{Average, Range};
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// Where the close stands in the recent range, from 0 (at the low) to 100 (at the high), unsmoothed (`k`) and
    /// smoothed once (`d`).
    ///
    /// # Formula
    ///
    /// `k = 100 · (close - lowest low) / (highest high - lowest low)` over `fastk` bars, `d = ma(k, fastd)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `fastk - 1` plus the lookback of the average.
    ///
    /// # Edge cases
    ///
    /// Where the range is zero (to within rounding), `k` is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, close) = ([4.0, 6.0, 8.0], [0.0, 2.0, 4.0], [2.0, 6.0, 5.0]);
    /// let [mut k, mut d] = [[0.0; 3]; 2];
    /// Stochf::new(2, 2, MaType::Sma)?.compute([&high, &low, &close], [&mut k, &mut d])?;
    /// assert_eq!((k[2], d[2]), (50.0, 75.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Lane, "Lane's Stochastics", 1984. TA-Lib `STOCHF`.
    pub struct Stochf("stochf", "Fast Stochastic Oscillator", Momentum) {
        /// Window of the range in bars.
        fastk: usize = 5, 1..=100_000;
        /// Smoothing in bars.
        fastd: usize = 3, 1..=100_000;
        /// Kind of the smoothing.
        fastd_ma: MaType = "sma";
    }
    inputs [High, Low, Close]
    outputs pane [k: Line, d: Line]
    talib STOCHF(fastk: fastk_period, fastd: fastd_period, fastd_ma: fastd_matype)
}

impl Indicator for Stochf {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = StochfState;

    fn lookback(&self) -> usize {
        self.fastk - 1 + Average::lookback(self.fastd_ma, self.fastd)
    }

    fn state(&self) -> StochfState {
        StochfState { range: Range::new(self.fastk), d: Average::new(self.fastd_ma, self.fastd) }
    }
}

crate::state! {
    /// State of [`Stochf`].
    pub struct StochfState {
        range: Range,
        d: Average,
    }
}

impl Update for StochfState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let k = self.range.place(high, low, close)?;
        self.d.update(k).map(|d| [k, d])
    }
}
