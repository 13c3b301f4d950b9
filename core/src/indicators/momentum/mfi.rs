//! Money Flow Index.

use std::hint::select_unpredictable;

use crate::kernels::{Buffer, CHUNK, Plain, Total, Window, chunks, warm_up};
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

    const RUNS: bool = true;

    #[inline]
    fn update(&mut self, [high, low, close, volume]: [f64; 4]) -> Option<[f64; 1]> {
        let typical = (high + low + close) / 3.0;
        let [up, down] = flows(self.typical.replace(typical)?, typical, volume);
        let (up, down) = (self.up.push(up), self.down.push(down));
        Some([share(up?.fold.0, down?.fold.0)])
    }

    fn run(&mut self, inputs: [&[f64]; 4], mut outputs: [&mut [f64]; 1]) {
        let start = warm_up(self, &inputs, &mut outputs);
        let ([high, low, close, volume], [out]) = (inputs, outputs);
        let [mut ups, mut downs]: [Buffer; 2] = [[0.0; CHUNK]; 2];
        let mut before = self.typical.unwrap_or_default();
        for rows in chunks(start..out.len()) {
            let bars = high[rows.clone()].iter().zip(&low[rows.clone()]).zip(&close[rows.clone()]);
            let moved = ups.iter_mut().zip(&mut downs);
            for ((((high, low), close), volume), (up, down)) in bars.zip(&volume[rows.clone()]).zip(moved) {
                let typical = (high + low + close) / 3.0;
                [*up, *down] = flows(before, typical, *volume);
                before = typical;
            }
            let (out, mut lost) = (&mut out[rows.clone()], [0.0; CHUNK]);
            let lost = &mut lost[..rows.len()];
            self.up.run(&ups[..rows.len()], [&mut *out], Plain());
            self.down.run(&downs[..rows.len()], [&mut *lost], Plain());
            for (out, lost) in out.iter_mut().zip(lost) {
                *out = share(*out, *lost);
            }
        }
        if start < high.len() {
            self.typical = Some(before);
        }
    }
}

/// The money that flowed in and out with a bar.
#[inline(always)]
fn flows(before: f64, typical: f64, volume: f64) -> [f64; 2] {
    let change = typical - before;
    // A difference of the last digit is rounding, not a move.
    let moved = change.abs() > 1e-14 * (typical.abs() + before.abs());
    let flow = if moved { typical * volume } else { 0.0 };
    // A coin toss, of which no processor guesses the outcome.
    let falls = change < 0.0;
    [select_unpredictable(falls, 0.0, flow), select_unpredictable(falls, flow, 0.0)]
}

#[inline(always)]
fn share(up: f64, down: f64) -> f64 {
    let share = 100.0 * (up / (up + down));
    if up + down > 0.0 { share } else { 0.0 }
}
