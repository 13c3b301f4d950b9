//! Exponential Hull Moving Average.

use crate::kernels::{Smoothed, root};
use crate::{Indicator, Update};

crate::indicator! {
    /// Hull's average made of exponential ones: little lag, and softer turns than the weighted original.
    ///
    /// # Formula
    ///
    /// `ehma = ema(2 · ema(x, ⌊period / 2⌋) - ema(x, period), ⌊√period⌋)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + ⌊√period⌋ - 2`.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 6];
    /// Ehma::new(4)?.compute([&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[4..], [5.0, 6.0]); // no lag on a straight line
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hull, "How to reduce lag in a moving average", 2005; the exponential form as in the Hull Suite on TradingView,
    /// which rounds the root instead of cutting it.
    pub struct Ehma("ehma", "Exponential Hull Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 16, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [ehma: Line]
}

impl Indicator for Ehma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = EhmaState;

    fn lookback(&self) -> usize {
        self.period + root(self.period) - 2
    }

    fn state(&self) -> EhmaState {
        EhmaState {
            slow: Smoothed::exponential(self.period),
            fast: Smoothed::exponential(self.period / 2),
            last: Smoothed::exponential(root(self.period)),
        }
    }
}

crate::state! {
    /// State of [`Ehma`].
    pub struct EhmaState {
        slow: Smoothed,
        fast: Smoothed,
        last: Smoothed,
    }
}

impl Update for EhmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (slow, fast) = (self.slow.update(x), self.fast.update(x));
        let fast = fast?;
        self.last.update(fast + (fast - slow?)).map(|value| [value])
    }
}
