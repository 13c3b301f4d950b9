//! Deviation-Scaled Moving Average.

use crate::kernels::{Delay, SuperSmoother, Total, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// An exponential average whose rate is the size of the last move in standard deviations: it jumps after large
    /// moves and rests in small ones.
    ///
    /// # Formula
    ///
    /// `z[i] = x[i] - x[i-2]`, `f = ssf(z, period / 2)` (see `ssf`), `rms = √(mean of f² over period bars)`, `α =
    /// min(1, |f| / rms · 5 / period)`; `dsma[i] = dsma[i-1] + α · (x - dsma[i-1])`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period + 1`; before it the average is the price.
    ///
    /// # Edge cases
    ///
    /// Stands still where `rms` is 0. A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 6];
    /// Dsma::new(4)?.compute([&[7.0, 7.0, 7.0, 7.0, 7.0, 9.0]], [&mut out])?;
    /// assert_eq!(out[5], 9.0); // the only move: two standard deviations, and the rate is at its limit
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "The Deviation-Scaled Moving Average", Technical Analysis of Stocks & Commodities 36:8, 2018, where the
    /// rate has no limit.
    pub struct Dsma("dsma", "Deviation-Scaled Moving Average", Overlap) {
        /// Window of the deviation in bars.
        period: usize = 40, 2..=100_000;
    }
    inputs [Close]
    outputs overlay [dsma: Line]
}

impl Indicator for Dsma {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DsmaState;

    fn lookback(&self) -> usize {
        self.period + 1
    }

    fn state(&self) -> DsmaState {
        DsmaState {
            period: self.period,
            past: Delay::new(2),
            smoother: SuperSmoother::new(0.5 * self.period as f64),
            squares: Window::new(self.period),
            value: 0.0,
        }
    }
}

crate::state! {
    /// State of [`Dsma`].
    pub struct DsmaState {
        period: usize,
        past: Delay,
        smoother: SuperSmoother,
        squares: Window<Total>,
        /// The average once it has begun, the price until then.
        value: f64,
    }
}

impl Update for DsmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let window = self.past.push(x).and_then(|past| {
            let change = self.smoother.update(x - past);
            self.squares.push(change * change).map(|window| (change.abs(), window.fold.0))
        });
        let Some((size, squares)) = window else {
            self.value = x;
            return None;
        };
        let n = self.period as f64;
        let rate = if squares > 0.0 { size / num::sqrt(squares / n) * (5.0 / n) } else { 0.0 };
        self.value += (x - self.value) * num::min(rate, 1.0);
        Some([self.value])
    }
}
