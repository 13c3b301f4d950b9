//! Intraday Momentum Index.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// An RSI of bodies: the share of rising bodies in all, 0 to 100.
    ///
    /// # Formula
    ///
    /// `imi = 100 · Σ rising bodies / Σ |bodies|` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 50 where every bar closes as it opened.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Imi::new(2)?.compute([&[1.0, 2.0], &[4.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[1], 75.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande, "The New Technical Trader", 1994. TA-Lib `IMI`.
    pub struct Imi("imi", "Intraday Momentum Index", Momentum) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Open, Close]
    outputs pane [imi: Line]
    talib IMI(period: timeperiod)
}

impl Indicator for Imi {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = ImiState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> ImiState {
        ImiState { up: Window::new(self.period), down: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Imi`].
    pub struct ImiState {
        up: Window<Total>,
        down: Window<Total>,
    }
}

impl Update for ImiState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [open, close]: [f64; 2]) -> Option<[f64; 1]> {
        let body = close - open;
        let rise = if body > 0.0 { body } else { 0.0 };
        let (up, down) = (self.up.push(rise), self.down.push(rise - body));
        let (up, down) = (up?.fold.0, down?.fold.0);
        let total = up + down;
        Some([if total > 0.0 { 100.0 * (up / total) } else { 50.0 }])
    }
}
