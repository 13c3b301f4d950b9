//! Optimized Trend Tracker.

use crate::kernels::{Chande, Ratchet};
use crate::{Indicator, Update};

crate::indicator! {
    /// A stop some per cent from a variable average, and turned by it, drawn half that far from the stop towards the
    /// average. `direction` is +1 in an up-trend, -1 in a down-trend.
    ///
    /// # Formula
    ///
    /// `average = vidya(x, period, 9)` (see `vidya`), `d = average · percent / 100`. The stop below is `average - d`,
    /// or its value before if that is higher and the average was above it; the stop above likewise. The trend turns up
    /// when the average passes the previous stop above, down when it passes the previous stop below. `ott` is the stop
    /// of the trend times `(200 + percent) / 200` where the average is above it, otherwise times `(200 - percent) /
    /// 200`.
    ///
    /// # Warm-up
    ///
    /// The first values stand at row 9. It begins in an up-trend.
    ///
    /// # Edge cases
    ///
    /// Every value stands at the bar it is computed from; a chart draws `ott` some bars later.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut ott, mut average, mut direction] = [[0.0; 10]; 3];
    /// Ott::new(2, 1.4, 2)?.compute([&[100.0; 10]], [&mut ott, &mut average, &mut direction])?;
    /// assert!((ott[9] - 98.6 * 201.4 / 200.0).abs() < 1e-12);
    /// assert_eq!((average[9], direction[9]), (100.0, 1.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Özekşi, Optimized Trend Tracker, 2019, as published for TradingView by Özbilgiç.
    pub struct Ott("ott", "Optimized Trend Tracker", Overlap) {
        /// Averaging length in bars.
        period: usize = 2, 1..=100_000;
        /// Per cent from the average to a stop.
        percent: f64 = 1.4, 0.0..=100.0;
        /// How many bars later the line is drawn.
        displacement: usize = 2, 0..=10_000;
    }
    inputs [Close]
    outputs overlay [ott: Line >> displacement, average: Line, direction: Direction]
}

impl Indicator for Ott {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = OttState;

    fn lookback(&self) -> usize {
        MOMENTUM
    }

    fn state(&self) -> OttState {
        OttState { percent: self.percent, average: Chande::new(self.period, MOMENTUM), stops: Ratchet::new() }
    }
}

/// Window of the momentum oscillator in bars.
const MOMENTUM: usize = 9;

crate::state! {
    /// State of [`Ott`].
    pub struct OttState {
        percent: f64,
        average: Chande,
        stops: Ratchet,
    }
}

impl Update for OttState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let average = self.average.update(x)?;
        let (stop, rising) = self.stops.update(average, average * self.percent / 100.0);
        let half = if average > stop { 0.5 * self.percent } else { -0.5 * self.percent };
        Some([stop + stop * half / 100.0, average, if rising { 1.0 } else { -1.0 }])
    }
}
