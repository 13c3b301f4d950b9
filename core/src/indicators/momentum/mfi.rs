//! Money Flow Index.

use crate::kernels::{Total, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// An RSI weighted by volume: the share of money that flowed on rising typical prices, 0 to 100.
    ///
    /// # Formula
    ///
    /// `flow = typical · volume` counts as up when the typical price rose, as down when it fell; `mfi = 100 · Σ up / (Σ
    /// up + Σ down)` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where nothing flowed.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// let price = [1.0, 3.0, 1.0];
    /// Mfi::new(2)?.compute([&price, &price, &price, &[1.0; 3]], [&mut out])?;
    /// assert_eq!(out[2], 75.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Quong and Soudack, "Volume-Weighted RSI: Money Flow", Technical Analysis of Stocks & Commodities 7:3, 1989.
    /// TA-Lib `MFI`.
    pub struct Mfi("mfi", "Money Flow Index", Momentum) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low, Close, Volume]
    outputs pane [mfi: Line]
    talib MFI(period: timeperiod)
}

impl Indicator for Mfi {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = MfiState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> MfiState {
        MfiState { typical: None, up: Window::new(self.period), down: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Mfi`].
    pub struct MfiState {
        /// Of the previous bar.
        typical: Option<f64>,
        up: Window<Total>,
        down: Window<Total>,
    }
}

impl Update for MfiState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close, volume]: [f64; 4]) -> Option<[f64; 1]> {
        let typical = (high + low + close) / 3.0;
        let before = self.typical.replace(typical)?;
        let change = typical - before;
        // A difference of the last digit is rounding, not a move.
        let moved = change.abs() > 1e-14 * (typical.abs() + before.abs());
        let flow = if moved { typical * volume } else { 0.0 };
        let (up, down) = if change < 0.0 { (0.0, flow) } else { (flow, 0.0) };
        let (up, down) = (self.up.push(up), self.down.push(down));
        let (up, down) = (up?.fold.0, down?.fold.0);
        let total = up + down;
        Some([if total > 0.0 { 100.0 * (up / total) } else { 0.0 }])
    }
}
