//! Quantitative Qualitative Estimation.

use crate::kernels::{RelativeStrength, Smoothed, Twice};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// A smoothed RSI and a level that trails it at a multiple of its own average range: above the level an up-trend.
    ///
    /// # Formula
    ///
    /// `rsi = ema(rsi(x, period), smooth)`; `reach = factor · ema(ema(|rsi[i] - rsi[i-1]|, n), n)`, `n = 2 · period -
    /// 1`. The rising level is `rsi - reach` and does not fall while `rsi` stays above it; the falling one is `rsi +
    /// reach` and does not rise while `rsi` stays below it. `level` is the rising one after `rsi` has crossed the
    /// falling one of the bar before, and the other way round; at first the rising one
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `5 · period + smooth - 4`.
    ///
    /// # Edge cases
    ///
    /// Both 50 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut rsi, mut level] = [[0.0; 8]; 2];
    /// let rising = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    /// Qqe::new(2, 1, 4.236)?.compute([&rising], [&mut rsi, &mut level])?;
    /// assert_eq!((rsi[7], level[7]), (100.0, 100.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Livshin, "QQE", 2004, as in Glaz's script on TradingView; pandas-ta gives the same.
    pub struct Qqe("qqe", "Quantitative Qualitative Estimation", Momentum) {
        /// Length of the RSI in bars.
        period: usize = 14, 2..=50_000;
        /// Smoothing of the RSI in bars.
        smooth: usize = 5, 1..=100_000;
        /// Multiple of the average range.
        factor: f64 = 4.236, 0.0..=1e6;
    }
    inputs [Close]
    outputs pane [rsi: Line, level: Line]
}

impl Indicator for Qqe {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = QqeState;

    fn lookback(&self) -> usize {
        5 * self.period + self.smooth - 4
    }

    fn state(&self) -> QqeState {
        let range = 2 * self.period - 1;
        QqeState {
            factor: self.factor,
            strength: RelativeStrength::new(self.period),
            smooth: Smoothed::exponential(self.smooth),
            before: None,
            range: Twice::new(range, range),
            trail: None,
            falls: false,
        }
    }
}

crate::state! {
    /// State of [`Qqe`].
    pub struct QqeState {
        factor: f64,
        strength: RelativeStrength,
        smooth: Smoothed,
        /// The smoothed RSI of the previous bar.
        before: Option<f64>,
        range: Twice,
        /// The rising and the falling level of the previous bar, and those of the bar before.
        trail: Option<[f64; 4]>,
        falls: bool,
    }
}

impl Update for QqeState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let strength = self.strength.update(x)?;
        let rsi = self.smooth.update(strength)?;
        let before = self.before.replace(rsi)?;
        let reach = self.factor * self.range.update((rsi - before).abs())?;
        let (mut low, mut high) = (rsi - reach, rsi + reach);
        // What is not known yet is NaN: nothing crosses it.
        let [past_low, past_high, older_low, older_high] = self.trail.unwrap_or([f64::NAN; 4]);
        if (before > past_low) & (rsi > past_low) {
            low = num::max(past_low, low);
        }
        if (before < past_high) & (rsi < past_high) {
            high = num::min(past_high, high);
        }
        let crosses =
            |level, older| ((rsi > level) & (before <= older)) | ((rsi < level) & (before >= older));
        if crosses(past_high, older_high) {
            self.falls = false;
        } else if crosses(past_low, older_low) {
            self.falls = true;
        }
        self.trail = Some([low, high, past_low, past_high]);
        Some([rsi, if self.falls { high } else { low }])
    }
}
