//! Kaufman Adaptive Moving Average.

use crate::kernels::Average;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// An average that hurries when the price goes straight and nearly stands still when it goes nowhere.
    ///
    /// # Formula
    ///
    /// `efficiency = |x[i] - x[i-period]| / Σ|changes|`, `rate = (efficiency · (2/3 - 2/31) + 2/31)²`, `kama[i] =
    /// kama[i-1] + (x[i] - kama[i-1]) · rate`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`; it starts from the price of the bar before (at row 0 when `period` is
    /// 1).
    ///
    /// # Edge cases
    ///
    /// Where nothing moved the efficiency is 1. A period of 1 gives the input.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Kama::new(2)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert!((out[2] - (2.0 + 4.0 / 9.0)).abs() < 1e-15); // straight: two thirds, squared
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kaufman, "Smarter Trading", 1995. TA-Lib `KAMA`.
    pub struct Kama("kama", "Kaufman Adaptive Moving Average", Overlap) {
        /// Window of the efficiency in bars.
        period: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [kama: Line]
    talib KAMA(period: timeperiod)
}

impl Indicator for Kama {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = KamaState;

    fn lookback(&self) -> usize {
        Average::lookback(MaType::Kama, self.period)
    }

    fn state(&self) -> KamaState {
        KamaState { average: Average::new(MaType::Kama, self.period) }
    }
}

crate::state! {
    /// State of [`Kama`].
    pub struct KamaState {
        average: Average,
    }
}

impl Update for KamaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
