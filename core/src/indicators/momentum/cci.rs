//! Commodity Channel Index.

use crate::kernels::{MeanDeviation, buffer, chunks, warm_up};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the typical price is from its mean, in mean deviations.
    ///
    /// # Formula
    ///
    /// `cci = (typical - mean) / (0.015 · mean deviation)` over `period` bars, `typical = (high + low + close) / 3`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat window. Each bar costs a pass over the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Cci::new(2)?.compute([&[1.0, 4.0], &[1.0, 4.0], &[1.0, 4.0]], [&mut out])?;
    /// assert!((out[1] - 1.0 / 0.015).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Lambert, "Commodity Channel Index", Commodities 9, 1980. TA-Lib `CCI`.
    pub struct Cci("cci", "Commodity Channel Index", Momentum) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [cci: Line]
    talib CCI(period: timeperiod)
}

impl Indicator for Cci {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = CciState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> CciState {
        CciState { window: MeanDeviation::new(self.period) }
    }
}

crate::state! {
    /// State of [`Cci`].
    pub struct CciState {
        window: MeanDeviation,
    }
}

impl Update for CciState {
    type In = [f64; 3];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let typical = (high + low + close) / 3.0;
        let [mean, deviation] = self.window.update(typical)?;
        Some([index(typical, mean, deviation)])
    }

    fn run(&mut self, inputs: [&[f64]; 3], mut outputs: [&mut [f64]; 1]) {
        let start = warm_up(self, &inputs, &mut outputs);
        let ([high, low, close], [out]) = (inputs, outputs);
        let [mut typical, mut means] = [(); 2].map(|()| buffer(out.len() - start));
        for rows in chunks(start..out.len()) {
            let (typical, means) = (&mut typical[..rows.len()], &mut means[..rows.len()]);
            let bars = high[rows.clone()].iter().zip(&low[rows.clone()]).zip(&close[rows.clone()]);
            for (typical, ((high, low), close)) in typical.iter_mut().zip(bars) {
                *typical = (high + low + close) / 3.0;
            }
            let out = &mut out[rows];
            self.window.run(typical, means, out);
            for ((out, typical), mean) in out.iter_mut().zip(typical).zip(means) {
                *out = index(*typical, *mean, *out);
            }
        }
    }
}

#[inline(always)]
fn index(typical: f64, mean: f64, deviation: f64) -> f64 {
    let index = (typical - mean) / (0.015 * deviation);
    if deviation <= 1e-14 * mean.abs() { 0.0 } else { index }
}
