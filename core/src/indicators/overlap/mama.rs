//! MESA Adaptive Moving Average.

use crate::kernels::{Hilbert, Mesa};
use crate::{Indicator, Update};

crate::indicator! {
    /// Ehlers' average that adapts to the phase of the market's cycle, and a slower one (`fama`) that follows it; their
    /// crossings mark turns.
    ///
    /// # Formula
    ///
    /// The phase comes from the Hilbert transform of the price. `rate = fast / (fall of the phase in degrees, at least
    /// 1)`, at least `slow`; `mama[i] = mama[i-1] + (x[i] - mama[i-1]) · rate`, `fama[i] = fama[i-1] + (mama[i] -
    /// fama[i-1]) · rate / 2`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row 32, twelve of which only fill the smoothing.
    ///
    /// # Edge cases
    ///
    /// The first values still carry the zero the averages start from; TA-Lib does so too.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut stream = Mama::default().stream();
    /// let row = (0..200).filter_map(|_| stream.update([5.0])).last();
    /// let [mama, fama] = row.unwrap();
    /// assert!((mama - 5.0).abs() < 1e-3 && fama < mama);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "MESA Adaptive Moving Averages", Technical Analysis of Stocks & Commodities 19:10, 2001. TA-Lib `MAMA`.
    pub struct Mama("mama", "MESA Adaptive Moving Average", Overlap) {
        /// Largest rate.
        fast: f64 = 0.5, 0.01..=0.99;
        /// Smallest rate.
        slow: f64 = 0.05, 0.01..=0.99;
    }
    inputs [Close]
    outputs overlay [mama: Line, fama: Line]
    talib MAMA(fast: fastlimit, slow: slowlimit)
}

impl Indicator for Mama {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = MamaState;

    fn lookback(&self) -> usize {
        Hilbert::SHORT.lookback
    }

    fn state(&self) -> MamaState {
        MamaState { average: Mesa::new(self.fast, self.slow) }
    }
}

crate::state! {
    /// State of [`Mama`].
    pub struct MamaState {
        average: Mesa,
    }
}

impl Update for MamaState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        self.average.update(x)
    }
}
