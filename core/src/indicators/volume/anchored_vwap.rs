//! Anchored VWAP.

use crate::kernels::WeightedMean;
use crate::{Indicator, Update};

crate::indicator! {
    /// The average price paid since a moment that matters (a report, a high, the start of a campaign), and bands around
    /// it.
    ///
    /// # Formula
    ///
    /// As `session_vwap`, from the first bar that opens at `anchor` or later, without end
    ///
    /// # Warm-up
    ///
    /// None, once the anchor is reached.
    ///
    /// # Edge cases
    ///
    /// The typical price, and bands on it, until something was traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 3.0, 7.0];
    /// let [mut vwap, mut upper, mut lower] = [[0.0; 3]; 3];
    /// let since = AnchoredVwap::new(60_000.0, 1.0)?;
    /// let columns = [&price, &price, &price, &[5.0; 3], &[0.0, 60_000.0, 120_000.0]];
    /// since.compute(columns.map(|column| &column[..]), [&mut vwap, &mut upper, &mut lower])?;
    /// assert!(vwap[0].is_nan());
    /// assert_eq!(vwap[1..], [3.0, 5.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Shannon, "Maximum Trading Gains with Anchored VWAP", 2023.
    pub struct AnchoredVwap("anchored_vwap", "Anchored VWAP", Volume) {
        /// When it begins, in milliseconds since 1970 UTC.
        anchor: f64 = 0.0, -8.64e15..=8.64e15;
        /// Distance of the bands in standard deviations.
        multiplier: f64 = 2.0, 0.0..=100.0;
    }
    inputs [High, Low, Close, Volume, Time]
    outputs overlay [vwap: Line, upper: Upper, lower: Lower]
    undefined "before the anchor"
}

impl Indicator for AnchoredVwap {
    type In = [f64; 5];
    type Out = [f64; 3];
    type State = AnchoredVwapState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> AnchoredVwapState {
        AnchoredVwapState { anchor: self.anchor, multiplier: self.multiplier, paid: WeightedMean::default() }
    }
}

crate::state! {
    /// State of [`AnchoredVwap`].
    pub struct AnchoredVwapState {
        anchor: f64,
        multiplier: f64,
        paid: WeightedMean,
    }
}

impl Update for AnchoredVwapState {
    type In = [f64; 5];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low, close, volume, time]: [f64; 5]) -> Option<[f64; 3]> {
        if time < self.anchor {
            return None;
        }
        let [vwap, deviation] = self.paid.update((high + low + close) / 3.0, volume);
        let width = self.multiplier * deviation;
        Some([vwap, vwap + width, vwap - width])
    }
}
