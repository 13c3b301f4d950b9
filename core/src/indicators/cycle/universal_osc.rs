//! Universal Oscillator.

use crate::kernels::SuperSmoother;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The noise of the price, smoothed and put in units of its recent peak, -1 to +1: it finds the cycles of any
    /// market with one parameter.
    ///
    /// # Formula
    ///
    /// `f = ssf((x[i] - x[i-2]) / 2, period)` (see `ssf`), `peak[i] = max(|f|, 0.991 · peak[i-1])`, `universal_osc =
    /// f / peak`
    ///
    /// # Warm-up
    ///
    /// None: the filter begins at 0.
    ///
    /// # Edge cases
    ///
    /// 0 until something moves, so exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [1.0; 3];
    /// UniversalOsc::new(20)?.compute([&[7.0, 7.0, 8.0]], [&mut out])?;
    /// assert_eq!(out, [0.0, 0.0, 1.0]); // the first move is the peak
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Whiter Is Brighter", Technical Analysis of Stocks & Commodities 33:1, 2015.
    pub struct UniversalOsc("universal_osc", "Universal Oscillator", Cycle) {
        /// Shortest cycle that passes, in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [Close]
    outputs pane [universal_osc: Line]
}

impl Indicator for UniversalOsc {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = UniversalOscState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> UniversalOscState {
        UniversalOscState { past: None, filter: SuperSmoother::new(self.period as f64), peak: 0.0 }
    }
}

crate::state! {
    /// State of [`UniversalOsc`].
    pub struct UniversalOscState {
        /// The last two values, newest first.
        past: Option<[f64; 2]>,
        filter: SuperSmoother,
        peak: f64,
    }
}

impl Update for UniversalOscState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [one, two] = self.past.unwrap_or([x; 2]);
        self.past = Some([x, one]);
        let noise = 0.5 * (x - two);
        let value = self.filter.update(noise);
        self.peak = num::max(value.abs(), 0.991 * self.peak);
        Some([if self.peak > 0.0 { value / self.peak } else { 0.0 }])
    }
}
