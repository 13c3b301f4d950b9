//! Voss Predictive Filter.

use crate::kernels::{BandPass, Weighted, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// A band-pass filter, and a prediction of it by a filter of negative group delay: their crossings come before the
    /// turns of the cycle.
    ///
    /// # Formula
    ///
    /// `f = bandpass(x, period, bandwidth)` (see `bandpass`), `n = 3 · predict`; `voss[i] = (3 + n) / 2 · f[i] - Σ k /
    /// n · voss[i-n-1+k]` for `k = 1 … n`
    ///
    /// # Warm-up
    ///
    /// None: the filters begin at 0.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut voss, mut filter] = [[1.0; 3]; 2];
    /// Voss::new(20, 3, 0.25)?.compute([&[7.0; 3]], [&mut voss, &mut filter])?;
    /// assert_eq!((voss[2], filter[2]), (0.0, 0.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "A Peek Into the Future", Technical Analysis of Stocks & Commodities 37:8, 2019.
    pub struct Voss("voss", "Voss Predictive Filter", Cycle) {
        /// Middle of the band, a cycle in bars.
        period: usize = 20, 3..=100_000;
        /// Bars of prediction.
        predict: usize = 3, 1..=1000;
        /// Width of the band as a share of the period.
        bandwidth: f64 = 0.25, 0.01..=0.7;
    }
    inputs [Close]
    outputs pane [voss: Line, filter: Line]
}

impl Indicator for Voss {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = VossState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> VossState {
        VossState {
            order: 3 * self.predict,
            filter: BandPass::new(self.period, self.bandwidth),
            past: silence(3 * self.predict),
            sum: 0.0,
        }
    }
}

/// A window full of zeros.
fn silence(period: usize) -> Window<Weighted> {
    let mut window = Window::new(period);
    for _ in 0..period {
        window.push(0.0);
    }
    window
}

crate::state! {
    /// State of [`Voss`].
    pub struct VossState {
        order: usize,
        filter: BandPass,
        /// The last `order` values.
        past: Window<Weighted>,
        /// Their weighted sum.
        sum: f64,
    }
}

impl Update for VossState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let filter = self.filter.update(x);
        let value = 0.5 * (3.0 + self.order as f64) * filter - self.sum;
        if let Some(window) = self.past.push(value) {
            self.sum = window.weighted_mean(self.order) * (0.5 * (self.order as f64 + 1.0));
        }
        Some([value, filter])
    }
}
