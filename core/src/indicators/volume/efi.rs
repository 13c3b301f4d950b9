//! Elder's Force Index.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// The price's change times the volume behind it, averaged.
    ///
    /// # Formula
    ///
    /// `efi = ema((close[i] - close[i-1]) · volume[i], period)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Efi::new(2)?.compute([&[1.0, 2.0, 4.0], &[1.0, 10.0, 10.0]], [&mut out])?;
    /// assert_eq!(out[2], 15.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Elder, "Trading for a Living", 1993. TA-Lib `EFI`.
    pub struct Efi("efi", "Elder's Force Index", Volume) {
        /// Averaging length in bars.
        period: usize = 13, 1..=100_000;
    }
    inputs [Close, Volume]
    outputs pane [efi: Line]
    talib EFI(period: timeperiod)
}

impl Indicator for Efi {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = EfiState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> EfiState {
        EfiState { close: None, average: Smoothed::exponential(self.period) }
    }
}

crate::state! {
    /// State of [`Efi`].
    pub struct EfiState {
        /// Of the previous bar.
        close: Option<f64>,
        average: Smoothed,
    }
}

impl Update for EfiState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [close, volume]: [f64; 2]) -> Option<[f64; 1]> {
        let before = self.close.replace(close)?;
        self.average.update((close - before) * volume).map(|value| [value])
    }
}
