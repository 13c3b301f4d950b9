//! Elder Ray Index.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// How far buyers (`bull`) and sellers (`bear`) can push the price from its average.
    ///
    /// # Formula
    ///
    /// `bull = high - ema(close, period)`, `bear = low - ema(close, period)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// None.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut bull, mut bear] = [[0.0; 2]; 2];
    /// Eri::new(2)?.compute([&[3.0, 5.0], &[1.0, 2.0], &[2.0, 4.0]], [&mut bull, &mut bear])?;
    /// assert_eq!((bull[1], bear[1]), (2.0, -1.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Elder, "Trading for a Living", 1993. TA-Lib `ERI`.
    pub struct Eri("eri", "Elder Ray Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 13, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [bull: Histogram, bear: Histogram]
    talib ERI(period: timeperiod)
}

impl Indicator for Eri {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = EriState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> EriState {
        EriState { average: Smoothed::exponential(self.period) }
    }
}

crate::state! {
    /// State of [`Eri`].
    pub struct EriState {
        average: Smoothed,
    }
}

impl Update for EriState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let average = self.average.update(close)?;
        Some([high - average, low - average])
    }
}
