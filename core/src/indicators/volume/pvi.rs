//! Positive Volume Index.

use crate::{Indicator, Update};

crate::indicator! {
    /// An index that follows the price only on bars with more volume than the bar before.
    ///
    /// # Formula
    ///
    /// Starts at 1000; on bars with `volume[i] > volume[i-1]`: `pvi[i] = pvi[i-1] · close[i] / close[i-1]`, otherwise
    /// unchanged
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// Unchanged where the previous close is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Pvi::default().compute([&[10.0, 11.0], &[4.0, 5.0]], [&mut out])?;
    /// assert_eq!(out, [1000.0, 1100.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Fosback, "Stock Market Logic", 1976. TA-Lib `PVI`.
    pub struct Pvi("pvi", "Positive Volume Index", Volume) {}
    inputs [Close, Volume]
    outputs pane [pvi: Line]
    talib PVI()
}

impl Indicator for Pvi {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = PviState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> PviState {
        PviState { before: None, index: 1000.0 }
    }
}

crate::state! {
    /// State of [`Pvi`].
    pub struct PviState {
        /// Close and volume of the previous bar.
        before: Option<[f64; 2]>,
        index: f64,
    }
}

impl Update for PviState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [close, volume]: [f64; 2]) -> Option<[f64; 1]> {
        if let Some([before, volume_before]) = self.before.replace([close, volume])
            && volume > volume_before
            && before != 0.0
        {
            let next = self.index + (close - before) / before * self.index;
            // A close of 0 or next to it must not end the index for ever.
            if next.is_finite() {
                self.index = next;
            }
        }
        Some([self.index])
    }
}
