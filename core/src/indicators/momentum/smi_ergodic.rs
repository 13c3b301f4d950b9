//! SMI Ergodic.

use crate::kernels::{Smoothed, Twice};
use crate::{Indicator, Update};

crate::indicator! {
    /// The true strength index with its signal line, and how far it is above that (the ergodic oscillator).
    ///
    /// # Formula
    ///
    /// `ergodic = tsi(x, slow, fast)`, `signal = ema(ergodic, signal)`, `histogram = ergodic - signal`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `slow + fast + signal - 2`.
    ///
    /// # Edge cases
    ///
    /// 0 when nothing has moved.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut ergodic, mut signal, mut histogram] = [[0.0; 2]; 3];
    /// SmiErgodic::new(1, 1, 1)?.compute([&[1.0, 2.0]], [&mut ergodic, &mut signal, &mut histogram])?;
    /// assert_eq!([ergodic[1], signal[1], histogram[1]], [100.0, 100.0, 0.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Blau, "Momentum, Direction, and Divergence", 1995. TradingView's SMI Ergodic gives the same without the factor
    /// of 100.
    pub struct SmiErgodic("smi_ergodic", "SMI Ergodic", Momentum) {
        /// Second smoothing in bars.
        fast: usize = 5, 1..=100_000;
        /// First smoothing in bars.
        slow: usize = 20, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 5, 1..=100_000;
    }
    inputs [Close]
    outputs pane [ergodic: Line, signal: Line, histogram: Histogram]
}

impl Indicator for SmiErgodic {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = SmiErgodicState;

    fn lookback(&self) -> usize {
        self.slow + self.fast + self.signal - 2
    }

    fn state(&self) -> SmiErgodicState {
        SmiErgodicState {
            before: None,
            changes: Twice::new(self.slow, self.fast),
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`SmiErgodic`].
    pub struct SmiErgodicState {
        /// The previous value.
        before: Option<f64>,
        /// Of changes and of their sizes.
        changes: Twice<2>,
        signal: Smoothed,
    }
}

impl Update for SmiErgodicState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let change = x - self.before.replace(x)?;
        let [change, size] = self.changes.update_each([change, change.abs()])?;
        let ergodic = if size > 0.0 { 100.0 * change / size } else { 0.0 };
        self.signal.update(ergodic).map(|signal| [ergodic, signal, ergodic - signal])
    }
}
