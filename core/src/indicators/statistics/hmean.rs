//! Harmonic Mean.

use crate::kernels::{Lowest, Simple, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The mean of the last `period` values by their inverses: the average price when the same sum is spent each bar.
    ///
    /// # Formula
    ///
    /// `hmean = period / Σ (1 / x)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where a value of the window is not above 0; exactly the price on a flat window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Hmean::new(2)?.compute([&[2.0, 6.0]], [&mut out])?;
    /// assert!((out[1] - 3.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kenney and Keeping, "Mathematics of Statistics", 1951.
    pub struct Hmean("hmean", "Harmonic Mean", Statistics) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [hmean: Line]
}

impl Indicator for Hmean {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HmeanState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> HmeanState {
        HmeanState { lowest: Window::new(self.period), average: Simple::new(self.period) }
    }
}

crate::state! {
    /// State of [`Hmean`].
    pub struct HmeanState {
        lowest: Window<Lowest>,
        /// Of inverses.
        average: Simple,
    }
}

impl Update for HmeanState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let lowest = self.lowest.push(x);
        let inverse = if x > 0.0 { 1.0 / x } else { 0.0 };
        let average = self.average.update(inverse)?;
        // Around the newest value, so that a flat window gives exactly it.
        Some([if lowest?.fold.0 > 0.0 { x * (inverse / average) } else { 0.0 }])
    }
}
