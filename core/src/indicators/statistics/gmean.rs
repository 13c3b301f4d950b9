//! Geometric Mean.

use crate::kernels::{Lowest, Simple, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The mean of the last `period` values by multiplication: the value that with the same growth each bar gives the
    /// same product.
    ///
    /// # Formula
    ///
    /// `gmean = exp(Σ ln(x) / period)`
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
    /// Gmean::new(2)?.compute([&[2.0, 8.0]], [&mut out])?;
    /// assert!((out[1] - 4.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Kenney and Keeping, "Mathematics of Statistics", 1951.
    pub struct Gmean("gmean", "Geometric Mean", Statistics) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [Close]
    outputs overlay [gmean: Line]
}

impl Indicator for Gmean {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = GmeanState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> GmeanState {
        GmeanState { lowest: Window::new(self.period), average: Simple::new(self.period) }
    }
}

crate::state! {
    /// State of [`Gmean`].
    pub struct GmeanState {
        lowest: Window<Lowest>,
        /// Of logarithms.
        average: Simple,
    }
}

impl Update for GmeanState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let lowest = self.lowest.push(x);
        let log = if x > 0.0 { num::ln(x) } else { 0.0 };
        let average = self.average.update(log)?;
        // Around the newest value, so that a flat window gives exactly it.
        Some([if lowest?.fold.0 > 0.0 { x * num::exp(average - log) } else { 0.0 }])
    }
}
