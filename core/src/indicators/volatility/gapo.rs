//! Gopalakrishnan Range Index.

use crate::kernels::Range;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The logarithm of the range of `period` bars: how erratic the market is.
    ///
    /// # Formula
    ///
    /// `gapo = ln(highest high - lowest low) / ln(period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where there is no range. Depends on the scale of the price.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Gapo::new(2)?.compute([&[3.0, 5.0], &[1.0, 3.0]], [&mut out])?;
    /// assert!((out[1] - 2.0).abs() < 1e-12); // a range of 4
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Gopalakrishnan, "Gopalakrishnan Range Index", Technical Analysis of Stocks & Commodities 19:1, 2001.
    pub struct Gapo("gapo", "Gopalakrishnan Range Index", Volatility) {
        /// Window in bars.
        period: usize = 5, 2..=100_000;
    }
    inputs [High, Low]
    outputs pane [gapo: Line]
}

impl Indicator for Gapo {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = GapoState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> GapoState {
        GapoState { scale: num::ln(self.period as f64), range: Range::new(self.period) }
    }
}

crate::state! {
    /// State of [`Gapo`].
    pub struct GapoState {
        scale: f64,
        range: Range,
    }
}

impl Update for GapoState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 1]> {
        let [highest, lowest] = self.range.update(high, low)?;
        let range = highest - lowest;
        Some([if range > 0.0 { num::ln(range) / self.scale } else { 0.0 }])
    }
}
