//! Relative strength index.

use crate::indicator::LANES;
use crate::kernels::{Recurring, RelativeStrength, abreast};
use crate::{Indicator, Smoothing, Update};

crate::indicator! {
    /// Wilder's momentum oscillator: the share of rising moves in all moves, from 0 (only falls) to 100 (only rises).
    ///
    /// # Formula
    ///
    /// `up` and `down` are Wilder's averages of the bar-to-bar gains and losses over `period`;
    /// `rsi = 100 · up / (up + down)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`: the averages are seeded by the mean of the first `period` moves.
    ///
    /// # Edge cases
    ///
    /// 50 when nothing has moved (`up + down = 0`).
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Rsi::new(2)?.compute([&[1.0, 2.0, 1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[2..], [50.0, 75.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 6. TA-Lib `RSI`.
    pub struct Rsi("rsi", "Relative Strength Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    seeding {
        /// How gains and losses are averaged.
        smoothing: Smoothing = "wilder";
    }
    inputs [Close]
    outputs pane [rsi: Line]
    talib RSI(period: timeperiod)
}

impl Indicator for Rsi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = RsiState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> RsiState {
        RsiState { strength: RelativeStrength::smoothed(self.period, self.smoothing) }
    }
}

crate::state! {
    /// State of [`Rsi`].
    pub struct RsiState {
        strength: RelativeStrength,
    }
}

impl Update for RsiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    const RUNS: bool = true;
    const ABREAST: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.strength.update(x).map(|value| [value])
    }

    fn run(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        self.strength.run(inputs, outputs);
    }

    fn abreast(states: &mut [Self; LANES], inputs: [[&[f64]; 1]; LANES], outputs: [[&mut [f64]; 1]; LANES]) {
        abreast(states.each_mut().map(|state| &mut state.strength), inputs, outputs);
    }
}
