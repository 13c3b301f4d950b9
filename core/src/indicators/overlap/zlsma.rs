//! Zero-Lag Least Squares Moving Average.

use crate::kernels::{Weighted, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The end of a least-squares line, the lag of its own line taken off it.
    ///
    /// # Formula
    ///
    /// `zlsma = 2 · linearreg(x, period) - linearreg(linearreg(x, period), period)`
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
    /// let mut out = [0.0; 3];
    /// Zlsma::new(2)?.compute([&[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// veryfid, ZLSMA for TradingView, 2021.
    pub struct Zlsma("zlsma", "Zero-Lag Least Squares Moving Average", Overlap) {
        /// Window of each line in bars.
        period: usize = 32, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [zlsma: Line]
}

impl Indicator for Zlsma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ZlsmaState;

    fn lookback(&self) -> usize {
        2 * (self.period - 1)
    }

    fn state(&self) -> ZlsmaState {
        ZlsmaState { period: self.period, once: Window::new(self.period), twice: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Zlsma`].
    pub struct ZlsmaState {
        period: usize,
        once: Window<Weighted>,
        twice: Window<Weighted>,
    }
}

impl Update for ZlsmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (_, once) = self.once.push(x)?.line(self.period);
        let (_, twice) = self.twice.push(once)?.line(self.period);
        Some([once + (once - twice)])
    }
}
