//! Even Better Sinewave.

use crate::kernels::{HighPass, SuperSmoother};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The cycle between two lengths in units of its power, -1 to +1: it stays at the edge while the market trends and
    /// swings while it cycles.
    ///
    /// # Formula
    ///
    /// `h` is the price's high-pass filter of one pole over `highpass` bars, `α = (1 - sin(2π / highpass)) / cos(2π /
    /// highpass)`, `h[i] = (1 + α) / 2 · (x[i] - x[i-1]) + α · h[i-1]`; `f = ssf(h, lowpass)` (see `ssf`); `ebsw =
    /// (f[i] + f[i-1] + f[i-2]) / 3 / √((f[i]² + f[i-1]² + f[i-2]²) / 3)`
    ///
    /// # Warm-up
    ///
    /// None: the filters begin at 0.
    ///
    /// # Edge cases
    ///
    /// 0 where the power is 0, as on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [1.0; 3];
    /// Ebsw::new(40, 10)?.compute([&[7.0; 3]], [&mut out])?;
    /// assert_eq!(out, [0.0; 3]); // nothing moves
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Cycle Analytics for Traders", 2013, ch. 12. pandas-ta takes its angles for radians.
    pub struct Ebsw("ebsw", "Even Better Sinewave", Cycle) {
        /// Longest cycle that passes, in bars.
        highpass: usize = 40, 3..=100_000;
        /// Shortest cycle that passes, in bars.
        lowpass: usize = 10, 2..=100_000;
    }
    inputs [Close]
    outputs pane [ebsw: Line]
}

impl Indicator for Ebsw {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = EbswState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> EbswState {
        EbswState {
            high: HighPass::new(self.highpass),
            low: SuperSmoother::new(self.lowpass as f64),
            past: [0.0; 2],
        }
    }
}

crate::state! {
    /// State of [`Ebsw`].
    pub struct EbswState {
        high: HighPass,
        low: SuperSmoother,
        /// The last two values of the filter, newest first.
        past: [f64; 2],
    }
}

impl Update for EbswState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let fast = self.high.update(x);
        let now = self.low.update(fast);
        let [one, two] = self.past;
        self.past = [now, one];
        let power = (now * now + one * one + two * two) / 3.0;
        let wave = (now + one + two) / 3.0;
        Some([if power > 0.0 { wave / num::sqrt(power) } else { 0.0 }])
    }
}
