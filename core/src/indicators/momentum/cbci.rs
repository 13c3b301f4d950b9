//! Composite Index.

use crate::kernels::{Delay, RelativeStrength, Simple};
use crate::{Indicator, Update};

crate::indicator! {
    /// Brown's: the momentum of an RSI plus a short, smoothed RSI, with two averages of it. It shows divergences that
    /// an RSI, held between 0 and 100, does not.
    ///
    /// # Formula
    ///
    /// `s = rsi(x, period)`, `composite = s[i] - s[i-momentum] + sma(rsi(x, short), smooth)`; `fast` and `slow` are its
    /// simple averages
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(period + momentum, short + smooth - 1) + max(fast, slow) - 1`.
    ///
    /// # Edge cases
    ///
    /// 50 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut composite, mut fast, mut slow] = [[0.0; 4]; 3];
    /// let index = Cbci::new(2, 1, 2, 1, 1, 1)?;
    /// index.compute([&[1.0, 2.0, 1.0, 2.0]], [&mut composite, &mut fast, &mut slow])?;
    /// assert_eq!(composite[3], 100.0); // from 50 to 75, and 75
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Brown, "Technical Analysis for the Trading Professional", 1999.
    pub struct Cbci("cbci", "Composite Index", Momentum) {
        /// Length of the RSI in bars.
        period: usize = 14, 2..=100_000;
        /// Distance of its change in bars.
        momentum: usize = 9, 1..=100_000;
        /// Length of the short RSI in bars.
        short: usize = 3, 2..=100_000;
        /// Smoothing of the short RSI in bars.
        smooth: usize = 3, 1..=100_000;
        /// Length of the fast average in bars.
        fast: usize = 13, 1..=100_000;
        /// Length of the slow average in bars.
        slow: usize = 33, 1..=100_000;
    }
    inputs [Close]
    outputs pane [composite: Line, fast: Line, slow: Line]
}

impl Indicator for Cbci {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = CbciState;

    fn lookback(&self) -> usize {
        (self.period + self.momentum).max(self.short + self.smooth - 1) + self.fast.max(self.slow) - 1
    }

    fn state(&self) -> CbciState {
        CbciState {
            strength: RelativeStrength::new(self.period),
            past: Delay::new(self.momentum),
            short: RelativeStrength::new(self.short),
            smooth: Simple::new(self.smooth),
            fast: Simple::new(self.fast),
            slow: Simple::new(self.slow),
        }
    }
}

crate::state! {
    /// State of [`Cbci`].
    pub struct CbciState {
        strength: RelativeStrength,
        past: Delay,
        short: RelativeStrength,
        smooth: Simple,
        fast: Simple,
        slow: Simple,
    }
}

impl Update for CbciState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let strength = self.strength.update(x);
        let momentum = strength.and_then(|strength| self.past.push(strength).map(|past| strength - past));
        let smooth = self.short.update(x).and_then(|short| self.smooth.update(short));
        let composite = momentum? + smooth?;
        let (fast, slow) = (self.fast.update(composite), self.slow.update(composite));
        Some([composite, fast?, slow?])
    }
}
