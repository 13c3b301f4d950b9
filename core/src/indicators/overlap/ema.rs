//! Exponential moving average.

use crate::indicator::LANES;
use crate::kernels::{Recurring, Smoothed, abreast};
use crate::{Indicator, Seed, Update};

crate::indicator! {
    /// An average that weighs recent bars more: each new value moves it `2 / (period + 1)` of the way.
    ///
    /// # Formula
    ///
    /// Seed: the mean of the first `period` values. Then
    /// `ema[i] = ema[i-1] + (x[i] - ema[i-1]) · 2 / (period + 1)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`. The seed's influence halves about every `0.35 · period` bars.
    ///
    /// # Edge cases
    ///
    /// A period of 1 gives the input. A flat series gives exactly its value. Chart sites that seed with the first
    /// price instead of the mean differ at the start and converge.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Ema::new(3)?.compute([&[1.0, 2.0, 3.0, 6.0]], [&mut out])?;
    /// assert_eq!(out[2..], [2.0, 4.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Appel, "Technical Analysis: Power Tools for Active Investors", 2005. TA-Lib `EMA`.
    pub struct Ema("ema", "Exponential Moving Average", Overlap) {
        /// Smoothing length in bars.
        period: usize = 30, 1..=100_000;
    }
    seeding {
        /// What it starts from.
        seed: Seed = "sma";
    }
    inputs [Close]
    outputs overlay [ema: Line]
    talib EMA(period: timeperiod)
    conventions [TradingView { seed: "first" }]
}

impl Indicator for Ema {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = EmaState;

    fn lookback(&self) -> usize {
        match self.seed {
            Seed::Sma => self.period - 1,
            Seed::First => 0,
        }
    }

    fn state(&self) -> EmaState {
        EmaState { average: Smoothed::seeded(self.period, self.seed) }
    }
}

crate::state! {
    /// State of [`Ema`].
    pub struct EmaState {
        average: Smoothed,
    }
}

impl Update for EmaState {
    type In = [f64; 1];
    type Out = [f64; 1];

    const RUNS: bool = true;
    const ABREAST: bool = true;
    const GAPS_SHOW: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.average.update(x).map(|value| [value])
    }

    fn run(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        self.average.run(inputs, outputs);
    }

    fn abreast(states: &mut [Self; LANES], inputs: [[&[f64]; 1]; LANES], outputs: [[&mut [f64]; 1]; LANES]) {
        abreast(states.each_mut().map(|state| &mut state.average), inputs, outputs);
    }
}
