//! Ease of Movement.

use crate::kernels::Simple;
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the bars' middles move for their volume, averaged: high when the price rises on little volume.
    ///
    /// # Formula
    ///
    /// `eom = sma(divisor · (middle[i] - middle[i-1]) · (high - low) / volume, period)`, `middle = (high + low) / 2`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// A bar without volume counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Eom::new(2, 10.0)?.compute([&[2.0, 4.0, 4.0], &[0.0, 2.0, 2.0], &[1.0, 8.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[2], 2.5); // 5 and 0
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Arms, "Volume Cycles in the Stock Market", 1983; divisor as on TradingView.
    pub struct Eom("eom", "Ease of Movement", Volume) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
        /// Scale that makes the numbers readable.
        divisor: f64 = 10_000.0, 1e-9..=1e15;
    }
    inputs [High, Low, Volume]
    outputs pane [eom: Line]
}

impl Indicator for Eom {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = EomState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> EomState {
        EomState { divisor: self.divisor, before: None, average: Simple::new(self.period) }
    }
}

crate::state! {
    /// State of [`Eom`].
    pub struct EomState {
        divisor: f64,
        /// Middle of the previous bar.
        before: Option<f64>,
        average: Simple,
    }
}

impl Update for EomState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, volume]: [f64; 3]) -> Option<[f64; 1]> {
        let middle = 0.5 * (high + low);
        let moved = middle - self.before.replace(middle)?;
        let ease = if volume > 0.0 { self.divisor * moved * ((high - low) / volume) } else { 0.0 };
        self.average.update(ease).map(|value| [value])
    }
}
