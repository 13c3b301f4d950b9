//! Know Sure Thing.

use crate::kernels::{Delay, Simple, percent_change};
use crate::{Indicator, Update};

crate::indicator! {
    /// Pring's sum of four smoothed rates of change, the longest counting most, with a signal line.
    ///
    /// # Formula
    ///
    /// `kst = 1 · s1 + 2 · s2 + 3 · s3 + 4 · s4` with `sK = sma(roc(x, rocK), smaK)`; `signal = sma(kst, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(rocK + smaK) + signal - 2`.
    ///
    /// # Edge cases
    ///
    /// A change from a price of 0 counts as 0; exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut kst, mut signal] = [[0.0; 2]; 2];
    /// Kst::new(1, 1, 1, 1, 1, 1, 1, 1, 1)?.compute([&[1.0, 2.0]], [&mut kst, &mut signal])?;
    /// assert_eq!((kst[1], signal[1]), (1000.0, 1000.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Pring, "Summed Rate of Change (KST)", Technical Analysis of Stocks & Commodities 10:9, 1992; daily lengths as on
    /// TradingView. pandas-ta multiplies by another 100.
    pub struct Kst("kst", "Know Sure Thing", Momentum) {
        /// First distance in bars.
        roc1: usize = 10, 1..=100_000;
        /// Second distance in bars.
        roc2: usize = 15, 1..=100_000;
        /// Third distance in bars.
        roc3: usize = 20, 1..=100_000;
        /// Fourth distance in bars.
        roc4: usize = 30, 1..=100_000;
        /// Averaging length of the first in bars.
        sma1: usize = 10, 1..=100_000;
        /// Averaging length of the second in bars.
        sma2: usize = 10, 1..=100_000;
        /// Averaging length of the third in bars.
        sma3: usize = 10, 1..=100_000;
        /// Averaging length of the fourth in bars.
        sma4: usize = 15, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    inputs [Close]
    outputs pane [kst: Line, signal: Line]
}

impl Indicator for Kst {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = KstState;

    fn lookback(&self) -> usize {
        let longest = (self.roc1 + self.sma1).max(self.roc2 + self.sma2);
        longest.max(self.roc3 + self.sma3).max(self.roc4 + self.sma4) + self.signal - 2
    }

    fn state(&self) -> KstState {
        KstState {
            past: [self.roc1, self.roc2, self.roc3, self.roc4].map(Delay::new),
            averages: [self.sma1, self.sma2, self.sma3, self.sma4].map(Simple::new),
            signal: Simple::new(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Kst`].
    pub struct KstState {
        past: [Delay; 4],
        averages: [Simple; 4],
        signal: Simple,
    }
}

impl Update for KstState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let mut sum = Some(0.0);
        for ((past, average), weight) in
            self.past.iter_mut().zip(&mut self.averages).zip([1.0, 2.0, 3.0, 4.0])
        {
            let smooth = past.push(x).and_then(|past| average.update(percent_change(past, x)));
            sum = sum.zip(smooth).map(|(sum, smooth)| sum + weight * smooth);
        }
        let kst = sum?;
        self.signal.update(kst).map(|signal| [kst, signal])
    }
}
