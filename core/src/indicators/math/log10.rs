//! Decimal Logarithm.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Logarithm to base 10 of each value.
    ///
    /// # Formula
    ///
    /// `log10[i] = log10(x[i])`
    ///
    /// # Warm-up
    ///
    /// None.
    ///
    /// # Edge cases
    ///
    /// NaN or infinite where the input is 0 or negative.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::indicators::math::Log10;
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 1];
    /// Log10::default().compute([&[1000.0]], [&mut out])?;
    /// assert_eq!(out[0], 3.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `LOG10`.
    pub struct Log10("log10", "Decimal Logarithm", Math) {}
    inputs [Close]
    outputs pane [log10: Line]
    undefined "where the input is 0 or negative"
    talib LOG10()
}

impl Indicator for Log10 {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = Log10State;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> Log10State {
        Log10State {}
    }
}

crate::state! {
    /// State of [`Log10`].
    pub struct Log10State {

    }
}

impl Update for Log10State {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        Some([num::log10(x)])
    }
}
