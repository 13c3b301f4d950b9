//! Elastic Volume-Weighted Moving Average.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// An average that moves to the price by the bar's share of the window's volume: a busy bar moves it far, a quiet
    /// one hardly.
    ///
    /// # Formula
    ///
    /// `evwma[i] = evwma[i-1] + (x - evwma[i-1]) · volume / V` with `V` = volume of the last `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`; before it the average is the price.
    ///
    /// # Edge cases
    ///
    /// Stands still where nothing was traded in the window. A flat series gives exactly its value. A period of 1 gives
    /// the input where something is traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Evwma::new(2)?.compute([&[1.0, 4.0], &[1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[1], 3.0); // two thirds of the volume, two thirds of the way
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Fries, "Elastic Moving Averages", Technical Analysis of Stocks & Commodities 19:6, 2001, with the window's
    /// volume in place of the shares outstanding.
    pub struct Evwma("evwma", "Elastic Volume-Weighted Moving Average", Overlap) {
        /// Window of the volume in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [Close, Volume]
    outputs overlay [evwma: Line]
}

impl Indicator for Evwma {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = EvwmaState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> EvwmaState {
        EvwmaState { value: None, volume: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Evwma`].
    pub struct EvwmaState {
        /// The average once it has begun, the price until then.
        value: Option<f64>,
        volume: Window<Total>,
    }
}

impl Update for EvwmaState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x, volume]: [f64; 2]) -> Option<[f64; 1]> {
        let before = self.value.unwrap_or(x);
        let Some(window) = self.volume.push(volume) else {
            self.value = Some(x);
            return None;
        };
        let total = window.fold.0;
        let share = if total > 0.0 { volume / total } else { 0.0 };
        let value = before + (x - before) * share;
        self.value = Some(value);
        Some([value])
    }
}
