//! On-balance volume.

use crate::kernels::{Decayed, Number, Recurring, STEPPED, Values, buffer, chunks, values};
use crate::{Indicator, Update};

crate::indicator! {
    /// A running total of volume: added on bars that close higher, subtracted on bars that close lower.
    ///
    /// # Formula
    ///
    /// `obv[0] = volume[0]`; then `obv[i] = obv[i-1] ± volume[i]`, `+` when `close[i] > close[i-1]`, `-` when lower,
    /// unchanged when equal
    ///
    /// # Warm-up
    ///
    /// None. The level depends on where the series begins; only its changes carry meaning.
    ///
    /// # Edge cases
    ///
    /// Whole-number volumes stay exact up to 2⁵³.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Obv::default().compute([&[1.0, 2.0, 2.0, 1.0], &[10.0, 5.0, 7.0, 3.0]], [&mut out])?;
    /// assert_eq!(out, [10.0, 15.0, 15.0, 12.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Granville, "New Key to Stock Market Profits", 1963. TA-Lib `OBV`.
    pub struct Obv("obv", "On-Balance Volume", Volume) {}
    inputs [Close, Volume]
    outputs pane [obv: Line]
    talib OBV()
}

impl Indicator for Obv {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = ObvState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> ObvState {
        ObvState { close: None, total: Decayed::new(1.0) }
    }
}

crate::state! {
    /// State of [`Obv`].
    pub struct ObvState {
        /// Of the previous bar.
        close: Option<f64>,
        total: Decayed,
    }
}

impl Update for ObvState {
    type In = [f64; 2];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, bar: [f64; 2]) -> Option<[f64; 1]> {
        // The first bar counts as a rise.
        let before = self.close.replace(bar[0]).unwrap_or(f64::NEG_INFINITY);
        Some(self.total.update(Signed.values([before, 0.0], bar)))
    }

    fn run(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let mut signed = buffer(out.len(), STEPPED);
        for rows in chunks(0..out.len(), self.total.until_step(), STEPPED) {
            let (bars, signed) = (inputs.map(|input| &input[rows.clone()]), &mut signed[..rows.len()]);
            let before = self.close.replace(bars[0][rows.len() - 1]).unwrap_or(f64::NEG_INFINITY);
            values(Signed, [before, 0.0], bars, [&mut *signed]);
            self.total.run([signed], [&mut out[rows]]);
        }
    }
}

/// A bar's volume with the sign of its move.
#[derive(Clone, Copy)]
struct Signed;

impl Values<2, 1> for Signed {
    #[inline(always)]
    fn values<T: Number>(self, [before, _]: [T; 2], [close, volume]: [T; 2]) -> [T; 1] {
        let none = volume.like(0.0);
        let falls = before.if_greater(close, none - volume, none);
        [close.if_greater(before, volume, falls)]
    }
}
