//! True Range.

use crate::kernels::true_range;
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the price moved in a bar, the gap from the bar before included.
    ///
    /// # Formula
    ///
    /// `max(high - low, |high - previous close|, |low - previous close|)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 1.
    ///
    /// # Edge cases
    ///
    /// Never negative.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Trange::default().compute([&[5.0, 9.0], &[4.0, 8.0], &[4.0, 8.0]], [&mut out])?;
    /// assert_eq!(out[1], 5.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978. TA-Lib `TRANGE`.
    pub struct Trange("trange", "True Range", Volatility) {}
    inputs [High, Low, Close]
    outputs pane [trange: Line]
    talib TRANGE()
}

impl Indicator for Trange {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = TrangeState;

    fn lookback(&self) -> usize {
        1
    }

    fn state(&self) -> TrangeState {
        TrangeState { close: None }
    }
}

crate::state! {
    /// State of [`Trange`].
    pub struct TrangeState {
        /// Of the previous bar.
        close: Option<f64>,
    }
}

impl Update for TrangeState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        self.close.replace(close).map(|before| [true_range(before, high, low)])
    }
}
