//! Percentage Volume Oscillator.

use crate::kernels::Difference;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// The distance between a fast and a slow average of volume, in per cent of the slow one.
    ///
    /// # Formula
    ///
    /// `pvo = 100 · (ma(volume, fast) - ma(volume, slow)) / ma(volume, slow)`
    ///
    /// # Warm-up
    ///
    /// The first value stands where the slower average has its first.
    ///
    /// # Edge cases
    ///
    /// 0 where the slow average is 0. `fast` and `slow` change places when `fast` is the longer.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Pvo::new(2, 3, MaType::Sma)?.compute([&[1.0, 2.0, 6.0]], [&mut out])?;
    /// assert!((out[2] - 100.0 / 3.0).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Pring, "Technical Analysis Explained", 2014. TA-Lib `PVO`.
    pub struct Pvo("pvo", "Percentage Volume Oscillator", Volume) {
        /// Averaging length in bars.
        fast: usize = 12, 2..=100_000;
        /// Averaging length in bars.
        slow: usize = 26, 2..=100_000;
        /// Kind of both averages.
        ma: MaType = "ema";
    }
    inputs [Volume]
    outputs pane [pvo: Line]
    talib PVO(fast: fastperiod, slow: slowperiod, ma: matype)
}

impl Indicator for Pvo {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = PvoState;

    fn lookback(&self) -> usize {
        Difference::lookback(self.ma, self.fast, self.slow)
    }

    fn state(&self) -> PvoState {
        PvoState { difference: Difference::new(self.ma, self.fast, self.slow) }
    }
}

crate::state! {
    /// State of [`Pvo`].
    pub struct PvoState {
        difference: Difference,
    }
}

impl Update for PvoState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [volume]: [f64; 1]) -> Option<[f64; 1]> {
        self.difference.update(volume).map(|pair| [pair.percent()])
    }
}
