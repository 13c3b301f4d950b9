//! Triple Hull Moving Average.

use crate::kernels::LinearlyWeighted;
use crate::{Indicator, Update};

crate::indicator! {
    /// Hull's average with three lengths: faster still, at the price of some overshoot.
    ///
    /// # Formula
    ///
    /// `thma = wma(3 · wma(x, ⌊period / 3⌋) - wma(x, ⌊period / 2⌋) - wma(x, period), period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · (period - 1)`.
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
    /// let price: Vec<f64> = (1..=12).map(f64::from).collect();
    /// let mut out = [0.0; 12];
    /// Thma::new(6)?.compute([&price], [&mut out])?;
    /// assert!((out[11] - 35.0 / 3.0).abs() < 1e-12); // lags a straight line by a third of a bar
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hull, "How to reduce lag in a moving average", 2005; the triple form as in the Hull Suite on TradingView, which
    /// calls it with half the length.
    pub struct Thma("thma", "Triple Hull Moving Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 24, 3..=100_000;
    }
    inputs [Close]
    outputs overlay [thma: Line]
}

impl Indicator for Thma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ThmaState;

    fn lookback(&self) -> usize {
        2 * (self.period - 1)
    }

    fn state(&self) -> ThmaState {
        ThmaState {
            averages: [3, 2, 1].map(|part| LinearlyWeighted::new(self.period / part)),
            last: LinearlyWeighted::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Thma`].
    pub struct ThmaState {
        averages: [LinearlyWeighted; 3],
        last: LinearlyWeighted,
    }
}

impl Update for ThmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [fast, middle, slow] = &mut self.averages;
        let (fast, middle, slow) = (fast.update(x), middle.update(x), slow.update(x));
        let fast = fast?;
        self.last.update(fast + (fast - middle?) + (fast - slow?)).map(|value| [value])
    }
}
