//! On-balance volume.

use crate::kernels::{Averaged, Decayed, Number, Recurrence, Recurring, Values};
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

impl ObvState {
    /// The bar before; the first counts as a rise.
    #[inline(always)]
    fn before(&self) -> [f64; 2] {
        [self.close.unwrap_or(f64::NEG_INFINITY), 0.0]
    }
}

impl Update for ObvState {
    type In = [f64; 2];
    type Out = [f64; 1];

    const RUNS: bool = true;
    const GAPS_SHOW: bool = true;

    #[inline(always)]
    fn update(&mut self, bar: [f64; 2]) -> Option<[f64; 1]> {
        let signed = Signed.values(self.before(), bar);
        self.close = Some(bar[0]);
        Some(self.total.update(signed))
    }

    fn run(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        Recurring::run(self, inputs, outputs);
    }
}

impl Recurring<false, 2, 1, 1> for ObvState {
    type Averaged = Signed;
    const AVERAGED: Signed = Signed;

    #[inline(always)]
    fn take(&mut self, bar: [f64; 2]) -> Option<[f64; 1]> {
        self.update(bar)
    }

    fn until_step(&self) -> usize {
        self.total.until_step()
    }

    #[inline(always)]
    fn stand(&self) -> Option<([Recurrence; 1], [f64; 2])> {
        Some((self.total.stand()?, self.before()))
    }

    #[inline(always)]
    fn stepped(&mut self, recurrences: [Recurrence; 1], [close, _]: [f64; 2]) {
        self.close = Some(close);
        self.total.stepped(recurrences);
    }
}

/// A bar's volume with the sign of its move.
#[derive(Clone, Copy)]
pub(crate) struct Signed;

impl Values<2, 1> for Signed {
    #[inline(always)]
    fn values<T: Number>(self, [before, _]: [T; 2], [close, volume]: [T; 2]) -> [T; 1] {
        let none = volume.like(0.0);
        let falls = before.if_greater(close, none - volume, none);
        // Comparisons would not tell that the close is no number: zero, or NaN.
        let zero = close * none;
        [close.if_greater(before, volume, falls) + zero]
    }
}

impl Averaged<2, 1, 1> for Signed {
    #[inline(always)]
    fn view<T: Number>(self, sums: [T; 1]) -> [T; 1] {
        sums
    }
}
