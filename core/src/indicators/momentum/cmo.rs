//! Chande Momentum Oscillator.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// Gains less losses against both, Wilder-smoothed: -100 (only falls) to 100 (only rises).
    ///
    /// # Formula
    ///
    /// `up`, `down` as in `rsi`; `cmo = 100 · (up - down) / (up + down)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 when nothing has moved.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// Cmo::new(2)?.compute([&[1.0, 2.0, 1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[2..], [0.0, 50.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande, "The New Technical Trader", 1994. TA-Lib `CMO`.
    pub struct Cmo("cmo", "Chande Momentum Oscillator", Momentum) {
        /// Averaging length in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [Close]
    outputs pane [cmo: Line]
    talib CMO(period: timeperiod)
}

impl Indicator for Cmo {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = CmoState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> CmoState {
        CmoState { close: None, averages: Smoothed::wilder(self.period) }
    }
}

crate::state! {
    /// State of [`Cmo`].
    pub struct CmoState {
        /// Of the previous bar.
        close: Option<f64>,
        /// Of gains and of losses.
        averages: Smoothed<2>,
    }
}

impl Update for CmoState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [close]: [f64; 1]) -> Option<[f64; 1]> {
        let change = close - self.close.replace(close)?;
        let gain = if change > 0.0 { change } else { 0.0 };
        let [up, down] = self.averages.update_each([gain, gain - change])?;
        let total = up + down;
        Some([if total > 0.0 { 100.0 * ((up - down) / total) } else { 0.0 }])
    }
}
