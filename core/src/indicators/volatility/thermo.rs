//! Elder's Market Thermometer.

use crate::kernels::Smoothed;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// How far a bar reaches beyond the one before, and the average of that: a hot market is well above it.
    ///
    /// # Formula
    ///
    /// `thermo = max(|high[i] - high[i-1]|, |low[i-1] - low[i]|)`, `average = ema(thermo, period)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series. A bar inside the one before counts by its distances too.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut thermo, mut average] = [[0.0; 3]; 2];
    /// Thermo::new(2)?.compute([&[2.0, 3.0, 3.0], &[1.0, 1.0, -2.0]], [&mut thermo, &mut average])?;
    /// assert_eq!((thermo[2], average[2]), (3.0, 2.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Elder, "Come Into My Trading Room", 2002, as in LazyBear's script on TradingView and pandas-ta.
    pub struct Thermo("thermo", "Elder's Market Thermometer", Volatility) {
        /// Averaging length in bars.
        period: usize = 22, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [thermo: Histogram, average: Line]
}

impl Indicator for Thermo {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = ThermoState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> ThermoState {
        ThermoState { before: None, average: Smoothed::exponential(self.period) }
    }
}

crate::state! {
    /// State of [`Thermo`].
    pub struct ThermoState {
        /// High and low of the previous bar.
        before: Option<[f64; 2]>,
        average: Smoothed,
    }
}

impl Update for ThermoState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let [before_high, before_low] = self.before.replace([high, low])?;
        let thermo = num::max((high - before_high).abs(), (before_low - low).abs());
        self.average.update(thermo).map(|average| [thermo, average])
    }
}
