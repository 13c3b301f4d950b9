//! Average directional movement index.

use crate::kernels::{Smoothed, true_range};
use crate::{Indicator, Update};

crate::indicator! {
    /// How strongly the market trends, from 0 to 100, whichever way it goes.
    ///
    /// # Formula
    ///
    /// A bar's directional movement is the larger of `high - previous high` (up) and `previous low - low` (down), if
    /// positive; the other one is 0. With Wilder's running sums over `period` of `up`, `down` and the true range:
    /// `di = 100 · sum / sum(range)`, `dx = 100 · |di_up - di_down| / (di_up + di_down)`, and `adx` is Wilder's average
    /// of `dx`.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `2 · period - 1`.
    ///
    /// # Edge cases
    ///
    /// A bar for which `dx` is not defined (no range, or no directional movement) leaves `adx` as it was; during
    /// warm-up it counts as 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Every bar a step up: all movement is in one direction.
    /// let low = [1.0, 2.0, 3.0, 4.0, 5.0];
    /// let high = low.map(|price| price + 1.0);
    /// let mut out = [0.0; 5];
    /// Adx::new(2)?.compute([&high, &low, &low], [&mut out])?;
    /// assert_eq!(out[3..], [100.0, 100.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 4. TA-Lib `ADX`.
    pub struct Adx("adx", "Average Directional Movement Index", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [adx: Line]
    talib ADX(period: timeperiod)
}

impl Indicator for Adx {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = AdxState;

    fn lookback(&self) -> usize {
        2 * self.period - 1
    }

    fn state(&self) -> AdxState {
        AdxState {
            rate: 1.0 / self.period as f64,
            seed: self.period - 1,
            previous: None,
            up: 0.0,
            down: 0.0,
            range: 0.0,
            adx: Smoothed::wilder(self.period),
        }
    }
}

crate::state! {
    /// State of [`Adx`].
    pub struct AdxState {
        rate: f64,
        /// Bars still to be summed before the sums begin to decay.
        seed: usize,
        /// High, low and close of the previous bar.
        previous: Option<[f64; 3]>,
        up: f64,
        down: f64,
        range: f64,
        adx: Smoothed,
    }
}

impl AdxState {
    /// The directional movement index; `None` where it is not defined.
    ///
    /// The range cancels from the formula: one division instead of three.
    #[inline]
    fn dx(&self) -> Option<f64> {
        let total = self.up + self.down;
        let moves = (self.range > 0.0) & (100.0 * total >= 1e-14 * self.range);
        moves.then(|| 100.0 * ((self.up - self.down).abs() / total))
    }
}

impl Update for AdxState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let [previous_high, previous_low, previous_close] = self.previous.replace([high, low, close])?;
        let (rise, fall) = (high - previous_high, previous_low - low);
        // `&`, not `&&`: which side moves further is a coin toss, so a branch would be mispredicted half the time.
        let up = if (rise > fall) & (rise > 0.0) { rise } else { 0.0 };
        let down = if (fall > rise) & (fall > 0.0) { fall } else { 0.0 };
        let range = true_range(previous_close, high, low);
        let decay = if self.seed > 0 { 0.0 } else { self.rate };
        self.up += up - self.up * decay;
        self.down += down - self.down * decay;
        self.range += range - self.range * decay;
        if self.seed > 0 {
            self.seed -= 1;
            return None;
        }
        let adx = match (self.dx(), self.adx.value()) {
            (None, Some(adx)) => adx,
            (dx, _) => self.adx.update(dx.unwrap_or(0.0))?,
        };
        Some([adx])
    }
}
