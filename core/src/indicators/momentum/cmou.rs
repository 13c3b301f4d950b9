//! Chande Momentum Oscillator, Unsmoothed.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Gains less losses against both over the last `period` bars, as Chande has it: -100 to 100.
    ///
    /// # Formula
    ///
    /// `cmou = 100 · (Σ gains - Σ losses) / (Σ gains + Σ losses)` over `period` changes
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 when nothing has moved.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Cmou::new(2)?.compute([&[1.0, 4.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[2], 50.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande, "The New Technical Trader", 1994. TA-Lib `CMOU`.
    pub struct Cmou("cmou", "Chande Momentum Oscillator, Unsmoothed", Momentum) {
        /// Window in changes.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs pane [cmou: Line]
    talib CMOU(period: timeperiod)
}

impl Indicator for Cmou {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CmouState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> CmouState {
        CmouState { close: None, up: Window::new(self.period), down: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Cmou`].
    pub struct CmouState {
        /// Of the previous bar.
        close: Option<f64>,
        up: Window<Total>,
        down: Window<Total>,
    }
}

impl Update for CmouState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [close]: [f64; 1]) -> Option<[f64; 1]> {
        let change = close - self.close.replace(close)?;
        let gain = if change > 0.0 { change } else { 0.0 };
        let (up, down) = (self.up.push(gain), self.down.push(gain - change));
        let (up, down) = (up?.fold.0, down?.fold.0);
        let total = up + down;
        Some([if total > 0.0 { 100.0 * ((up - down) / total) } else { 0.0 }])
    }
}
