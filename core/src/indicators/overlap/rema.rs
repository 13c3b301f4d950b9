//! Regularized Exponential Moving Average.

use crate::{Indicator, Update};

crate::indicator! {
    /// An exponential average that also resists changes of its own direction: smoother than one of the same length,
    /// with a little more lag.
    ///
    /// # Formula
    ///
    /// `α = 2 / (period + 1)`; `rema[i] = (rema[i-1] · (1 + 2 · lambda) + α · (x - rema[i-1]) - lambda · rema[i-2]) /
    /// (1 + lambda)`, from the first price
    ///
    /// # Warm-up
    ///
    /// None: the first value is the first price.
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
    /// let mut out = [0.0; 2];
    /// Rema::new(3, 0.0)?.compute([&[1.0, 3.0]], [&mut out])?;
    /// assert_eq!(out, [1.0, 2.0]); // without resistance an exponential average
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Satchwell, "Regularization", Technical Analysis of Stocks & Commodities 21:7, 2003.
    pub struct Rema("rema", "Regularized Exponential Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
        /// Resistance to a change of direction.
        lambda: f64 = 0.5, 0.0..=100.0;
    }
    inputs [Close]
    outputs overlay [rema: Line]
}

impl Indicator for Rema {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RemaState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> RemaState {
        RemaState { rate: 2.0 / (self.period as f64 + 1.0), lambda: self.lambda, past: None }
    }
}

crate::state! {
    /// State of [`Rema`].
    pub struct RemaState {
        rate: f64,
        lambda: f64,
        /// The last two values, newest first.
        past: Option<[f64; 2]>,
    }
}

impl Update for RemaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [one, two] = self.past.unwrap_or([x; 2]);
        let value = one + (self.lambda * (one - two) + self.rate * (x - one)) / (1.0 + self.lambda);
        self.past = Some([value, one]);
        Some([value])
    }
}
