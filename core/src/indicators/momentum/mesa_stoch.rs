//! MESA Stochastic.

use crate::kernels::{Range, SuperSmoother, TwoPoleHighPass};
use crate::{Indicator, Update};

crate::indicator! {
    /// The stochastic oscillator of the price without trend and noise, 0 to 1 (the last smoothing may pass them a
    /// little): it turns with the cycle and is not carried to an edge by the trend.
    ///
    /// # Formula
    ///
    /// `f = roofing(x, highpass, lowpass)`, `s = (f - lowest) / (highest - lowest)` of its last `period` values;
    /// `mesa_stoch = ssf(s, lowpass)`, see `roofing` and `ssf`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A window without range counts as 0.5, as on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// MesaStoch::new(3, 48, 10)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out[2], 0.5);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Predictive and Successful Indicators", Technical Analysis of Stocks & Commodities 32:1, 2014.
    pub struct MesaStoch("mesa_stoch", "MESA Stochastic", Momentum) {
        /// Window of the range in bars.
        period: usize = 20, 1..=100_000;
        /// Longest cycle that passes, in bars.
        highpass: usize = 48, 3..=100_000;
        /// Shortest cycle that passes, in bars.
        lowpass: usize = 10, 2..=100_000;
    }
    inputs [Close]
    outputs pane [mesa_stoch: Line]
}

impl Indicator for MesaStoch {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = MesaStochState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> MesaStochState {
        MesaStochState {
            high: TwoPoleHighPass::new(self.highpass),
            low: SuperSmoother::new(self.lowpass as f64),
            range: Range::new(self.period),
            last: SuperSmoother::new(self.lowpass as f64),
        }
    }
}

crate::state! {
    /// State of [`MesaStoch`].
    pub struct MesaStochState {
        high: TwoPoleHighPass,
        low: SuperSmoother,
        range: Range,
        last: SuperSmoother,
    }
}

impl Update for MesaStochState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let fast = self.high.update(x);
        let filter = self.low.update(fast);
        let [highest, lowest] = self.range.update(filter, filter)?;
        let place = if highest > lowest { (filter - lowest) / (highest - lowest) } else { 0.5 };
        Some([self.last.update(place)])
    }
}
