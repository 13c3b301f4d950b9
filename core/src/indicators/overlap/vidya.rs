//! Variable Index Dynamic Average.

use crate::kernels::Chande;
use crate::{Indicator, Update};

crate::indicator! {
    /// An exponential average that moves faster the more one-sided the last changes were.
    ///
    /// # Formula
    ///
    /// `vidya[i] = vidya[i-1] + rate · |cmo| · (x - vidya[i-1])` with `rate = 2 / (period + 1)` and `cmo` = (sum of
    /// rises - sum of falls) / (sum of both) over the last `momentum` changes
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `momentum`; before it the average is the price.
    ///
    /// # Edge cases
    ///
    /// Stands still where nothing has moved: a flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Vidya::new(3, 2)?.compute([&[1.0, 2.0, 3.0, 4.0]], [&mut out])?;
    /// assert_eq!(out[2..], [2.5, 3.25]); // all one way: the rate is 1 / 2
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande and Kroll, "The New Technical Trader", 1994, in the form with the momentum oscillator (Chande, 1995), as
    /// on TradingView and in pandas-ta, which begins with the mean of the first values. Tulip's `vidya` is the older
    /// form with standard deviations.
    pub struct Vidya("vidya", "Variable Index Dynamic Average", Overlap) {
        /// Averaging length in bars.
        period: usize = 14, 1..=100_000;
        /// Window of the momentum oscillator in bars.
        momentum: usize = 14, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [vidya: Line]
}

impl Indicator for Vidya {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = VidyaState;

    fn lookback(&self) -> usize {
        self.momentum
    }

    fn state(&self) -> VidyaState {
        VidyaState { average: Chande::new(self.period, self.momentum) }
    }
}

crate::state! {
    /// State of [`Vidya`].
    pub struct VidyaState {
        average: Chande,
    }
}

impl Update for VidyaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }
}
