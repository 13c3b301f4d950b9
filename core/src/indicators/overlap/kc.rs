//! Keltner Channel.

use crate::kernels::{Smoothed, true_range};
use crate::{Indicator, Update};

crate::indicator! {
    /// An exponential average of the typical price with a band of average true ranges on either side.
    ///
    /// # Formula
    ///
    /// `middle = ema((high + low + close) / 3, period)`, `upper, lower = middle ± multiplier · atr(atr_period)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(period - 1, atr_period)`; average and range are seeded so that both begin
    /// there.
    ///
    /// # Edge cases
    ///
    /// On a flat series the three bands are exactly equal.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 3]; 3];
    /// Kc::new(2, 2, 1.0)?.compute([&[4.0; 3], &[2.0; 3], &[3.0; 3]], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[2], middle[2], lower[2]], [5.0, 3.0, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Keltner, "How to Make Money in Commodities", 1960; Raschke's form. TA-Lib `KC`.
    pub struct Kc("kc", "Keltner Channel", Overlap) {
        /// Length of the average in bars.
        period: usize = 20, 1..=100_000;
        /// Length of the average true range in bars.
        atr_period: usize = 10, 1..=100_000;
        /// Average true ranges from the middle to a band.
        multiplier: f64 = 2.0, 0.0..=3e37;
    }
    inputs [High, Low, Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
    talib KC(period: timeperiod, atr_period: atrperiod, multiplier: nbdev)
}

impl Indicator for Kc {
    type In = [f64; 3];
    type Out = [f64; 3];
    type State = KcState;

    fn lookback(&self) -> usize {
        (self.period - 1).max(self.atr_period)
    }

    fn state(&self) -> KcState {
        let lookback = Indicator::lookback(self);
        KcState {
            multiplier: self.multiplier,
            skip: [lookback - (self.period - 1), lookback + 1 - self.atr_period],
            close: None,
            middle: Smoothed::exponential(self.period),
            range: Smoothed::wilder(self.atr_period),
        }
    }
}

crate::state! {
    /// State of [`Kc`].
    pub struct KcState {
        multiplier: f64,
        /// Bars still to pass before middle and range begin, so that both have their first value together.
        skip: [usize; 2],
        /// Of the previous bar.
        close: Option<f64>,
        middle: Smoothed,
        range: Smoothed,
    }
}

impl Update for KcState {
    type In = [f64; 3];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 3]> {
        let [middle_waits, range_waits] = self.skip.map(|bars| bars > 0);
        self.skip = self.skip.map(|bars| bars.saturating_sub(1));
        let middle = if middle_waits { None } else { self.middle.update((high + low + close) / 3.0) };
        let before = self.close.replace(close)?;
        let range = if range_waits { None } else { self.range.update(true_range(before, high, low)) };
        let (middle, width) = (middle?, range? * self.multiplier);
        Some([middle + width, middle, middle - width])
    }
}
