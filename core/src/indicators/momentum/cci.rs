//! Commodity Channel Index.

use crate::kernels::{MeanDeviation, Number, Values, WINDOWED, buffer, chunks, parts, values, warm_up};
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

    /// Not in browsers: few look at it, and all would download it.
    const RUNS: bool = cfg!(not(target_family = "wasm"));

    #[inline(always)]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        let [typical] = Typical.values(bar, bar);
        let [mean, deviation] = self.window.update(typical)?;
        let distance = [typical, mean, deviation];
        Some(Index.values(distance, distance))
    }

    fn run(&mut self, inputs: [&[f64]; 3], mut outputs: [&mut [f64]; 1]) {
        let start = warm_up(self, &inputs, &mut outputs);
        let [out] = outputs;
        let [mut typical, mut means, mut deviations] = [(); 3].map(|()| buffer(out.len() - start, WINDOWED));
        for rows in chunks(start..out.len(), 0, WINDOWED) {
            let [typical, means, deviations] =
                [&mut typical, &mut means, &mut deviations].map(|buffer| &mut buffer[..rows.len()]);
            values(Typical, [0.0; 3], parts(inputs, rows.clone()), [&mut *typical]);
            self.window.run(typical, means, deviations);
            values(Index, [0.0; 3], [typical, means, deviations], [&mut out[rows]]);
        }
    }
}

/// The typical price of a bar.
#[derive(Clone, Copy)]
struct Typical;

impl Values<3, 1> for Typical {
    #[inline(always)]
    fn values<T: Number>(self, _: [T; 3], [high, low, close]: [T; 3]) -> [T; 1] {
        [(high + low + close) / high.like(3.0)]
    }
}

/// The index, of typical price, mean and mean deviation.
#[derive(Clone, Copy)]
struct Index;

impl Values<3, 1> for Index {
    #[inline(always)]
    fn values<T: Number>(self, _: [T; 3], [typical, mean, deviation]: [T; 3]) -> [T; 1] {
        let index = (typical - mean) / (mean.like(0.015) * deviation);
        [deviation.if_greater(mean.like(1e-14) * mean.abs(), index, mean.like(0.0))]
    }
}
