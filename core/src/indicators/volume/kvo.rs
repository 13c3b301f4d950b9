//! Klinger Volume Oscillator.

use crate::kernels::{Difference, Smoothed};
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// The distance between a fast and a slow average of volume, signed by whether the typical price rises, with a
    /// signal line.
    ///
    /// # Formula
    ///
    /// `signed` is the volume when `(high + low + close) / 3` is not below that of the bar before, otherwise its
    /// negative; `kvo = ema(signed, fast) - ema(signed, slow)`, `signal = ema(kvo, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(fast, slow) + signal - 1`.
    ///
    /// # Edge cases
    ///
    /// 0 where nothing is traded. `fast` and `slow` change places when `fast` is the longer.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 2.0, 3.0];
    /// let [mut kvo, mut signal] = [[0.0; 3]; 2];
    /// Kvo::new(1, 2, 1)?.compute([&price, &price, &price, &[1.0, 2.0, 4.0]], [&mut kvo, &mut signal])?;
    /// assert_eq!((kvo[2], signal[2]), (1.0, 1.0)); // 4 less 3
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Klinger, "Identifying Trends with Volume Analysis", Technical Analysis of Stocks & Commodities 15:12, 1997,
    /// without the weight by cumulated range, as TradingView and pandas-ta have it.
    pub struct Kvo("kvo", "Klinger Volume Oscillator", Volume) {
        /// Length of the fast average in bars.
        fast: usize = 34, 1..=100_000;
        /// Length of the slow average in bars.
        slow: usize = 55, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 13, 1..=100_000;
    }
    inputs [High, Low, Close, Volume]
    outputs pane [kvo: Line, signal: Line]
}

impl Indicator for Kvo {
    type In = [f64; 4];
    type Out = [f64; 2];
    type State = KvoState;

    fn lookback(&self) -> usize {
        self.fast.max(self.slow) + self.signal - 1
    }

    fn state(&self) -> KvoState {
        KvoState {
            before: None,
            difference: Difference::new(MaType::Ema, self.fast, self.slow),
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Kvo`].
    pub struct KvoState {
        /// Typical price of the previous bar.
        before: Option<f64>,
        difference: Difference,
        signal: Smoothed,
    }
}

impl Update for KvoState {
    type In = [f64; 4];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close, volume]: [f64; 4]) -> Option<[f64; 2]> {
        let typical = (high + low + close) / 3.0;
        let before = self.before.replace(typical)?;
        let kvo = self.difference.update(if typical >= before { volume } else { -volume })?.gap();
        self.signal.update(kvo).map(|signal| [kvo, signal])
    }
}
