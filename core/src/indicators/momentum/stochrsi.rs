//! Stochastic RSI.

use crate::kernels::{Average, Range, RelativeStrength};
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// Where the RSI stands in its own recent range, unsmoothed (`k`) and smoothed once (`d`): quicker than either.
    ///
    /// # Formula
    ///
    /// `stochf` of `rsi(x, period)` as high, low and close
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period + fastk - 1` plus the lookback of the average.
    ///
    /// # Edge cases
    ///
    /// Where the RSI's range is zero (to within rounding), `k` is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut k, mut d] = [[0.0; 5]; 2];
    /// let close = [1.0, 2.0, 1.0, 2.0, 3.0];
    /// Stochrsi::new(2, 2, 1, MaType::Sma)?.compute([&close], [&mut k, &mut d])?;
    /// assert_eq!((k[4], d[4]), (100.0, 100.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande and Kroll, "The New Technical Trader", 1994. TA-Lib `STOCHRSI`.
    pub struct Stochrsi("stochrsi", "Stochastic RSI", Momentum) {
        /// Averaging length of the RSI in bars.
        period: usize = 14, 2..=100_000;
        /// Window of the range in bars.
        fastk: usize = 5, 1..=100_000;
        /// Smoothing in bars.
        fastd: usize = 3, 1..=100_000;
        /// Kind of the smoothing.
        fastd_ma: MaType = "sma";
    }
    inputs [Close]
    outputs pane [k: Line, d: Line]
    talib STOCHRSI(period: timeperiod, fastk: fastk_period, fastd: fastd_period, fastd_ma: fastd_matype)
}

impl Indicator for Stochrsi {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = StochrsiState;

    fn lookback(&self) -> usize {
        self.period + self.fastk - 1 + Average::lookback(self.fastd_ma, self.fastd)
    }

    fn state(&self) -> StochrsiState {
        StochrsiState {
            rsi: RelativeStrength::new(self.period),
            range: Range::new(self.fastk),
            d: Average::new(self.fastd_ma, self.fastd),
        }
    }
}

crate::state! {
    /// State of [`Stochrsi`].
    pub struct StochrsiState {
        rsi: RelativeStrength,
        range: Range,
        d: Average,
    }
}

impl Update for StochrsiState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let rsi = self.rsi.update(x)?;
        let k = self.range.place(rsi, rsi, rsi)?;
        self.d.update(k).map(|d| [k, d])
    }
}
