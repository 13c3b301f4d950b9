//! Money Flow Index.

use crate::kernels::{
    Number, Share, Totals, Values, View, WINDOWED, Window, bar, buffer, chunks, parts, values, windows,
};
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
        MfiState { before: None, flows: Window::new(self.period) }
    }

    fn run(&self, inputs: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        let Some(last) = out.len().checked_sub(1).filter(|rows| (1..WINDOWED).contains(rows)) else {
            self.state().run(inputs, [out]);
            return;
        };
        let [mut ups, mut downs] = [(); 2].map(|()| buffer(last, last));
        let (before, bars) = (bar(&inputs, 0), parts(inputs, 1..inputs[0].len()));
        values(Flows, before, bars, [&mut ups, &mut downs]);
        // The first bar has nothing to flow from.
        out[0] = f64::NAN;
        windows(self.period, [&ups, &downs], [&mut out[1..]], Share());
    }
}

crate::state! {
    /// State of [`Mfi`].
    pub struct MfiState {
        before: Option<[f64; 4]>,
        /// What flowed up and what down.
        flows: Window<Totals>,
    }
}

impl Update for MfiState {
    type In = [f64; 4];
    type Out = [f64; 1];

    /// Not in browsers: few look at it, and all would download it.
    const RUNS: bool = cfg!(not(target_family = "wasm"));

    #[inline(always)]
    fn update(&mut self, bar: [f64; 4]) -> Option<[f64; 1]> {
        let flows = Flows.values(self.before.replace(bar)?, bar);
        self.flows.push(flows).map(|window| Share().of(window))
    }

    fn run(&mut self, inputs: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        let mut start = 0;
        if let (None, Some(first)) = (self.before, out.first_mut()) {
            // It has nothing to flow from.
            (self.before, *first, start) = (Some(bar(&inputs, 0)), f64::NAN, 1);
        }
        let [mut ups, mut downs] = [(); 2].map(|()| buffer(out.len() - start, WINDOWED));
        for rows in chunks(start..out.len(), 0, WINDOWED) {
            let [ups, downs] = [&mut ups, &mut downs].map(|buffer| &mut buffer[..rows.len()]);
            let bars = parts(inputs, rows.clone());
            let before = self.before.replace(bar(&bars, rows.len() - 1));
            values(Flows, before.unwrap_or_default(), bars, [&mut *ups, &mut *downs]);
            self.flows.run([ups, downs], [&mut out[rows]], Share());
        }
    }
}

/// What flowed on a rising and on a falling typical price. Of that price, three times as much does as well.
#[derive(Clone, Copy)]
struct Flows;

impl Values<4, 2> for Flows {
    #[inline(always)]
    fn values<T: Number>(self, before: [T; 4], [high, low, close, volume]: [T; 4]) -> [T; 2] {
        let (before, price) = (before[0] + before[1] + before[2], high + low + close);
        let (change, none) = (price - before, price.like(0.0));
        // A difference of the last digit is rounding, not a move.
        let least = price.like(1e-14) * (price.abs() + before.abs());
        let flow = price * volume;
        [change.if_greater(least, flow, none), (none - change).if_greater(least, flow, none)]
    }
}
