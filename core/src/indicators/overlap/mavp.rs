//! Moving average with variable period.

use crate::kernels::Average;
use crate::{Indicator, MaType, Update, num};

crate::indicator! {
    /// A moving average whose period comes with each bar, from a column of its own.
    ///
    /// # Formula
    ///
    /// `mavp[i] = ma(x, p)[i]` of the chosen kind, `p` the whole part of `periods[i]`, at least `min_period` and at most
    /// `max_period`
    ///
    /// # Warm-up
    ///
    /// The first value stands where the average of `max_period` has its first. Averages that remember their beginning
    /// (exponential ones) begin just early enough to be ready by then.
    ///
    /// # Edge cases
    ///
    /// An average of every period from `min_period` to `max_period` is kept: a bar costs time in proportion to how many
    /// they are, and memory in proportion to the sum of their lengths. If `max_period` is below `min_period`, all
    /// periods are `min_period`.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 4];
    /// let close = [1.0, 2.0, 6.0, 7.0];
    /// Mavp::new(2, 3, MaType::Sma)?.compute([&close, &[2.0, 2.0, 3.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[2..], [3.0, 6.5]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TA-Lib `MAVP`.
    pub struct Mavp("mavp", "Moving Average with Variable Period", Overlap) {
        /// Shortest period in bars.
        min_period: usize = 2, 2..=1_000;
        /// Longest period in bars.
        max_period: usize = 30, 2..=1_000;
        /// Kind of moving average.
        ma: MaType = "sma";
    }
    inputs [Close, Periods]
    outputs overlay [mavp: Line]
    talib MAVP(min_period: minperiod, max_period: maxperiod, ma: matype)
}

impl Mavp {
    fn longest(&self) -> usize {
        self.max_period.max(self.min_period)
    }
}

impl Indicator for Mavp {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = MavpState;

    fn lookback(&self) -> usize {
        Average::lookback(self.ma, self.longest())
    }

    fn state(&self) -> MavpState {
        let periods = self.min_period..=self.longest();
        let wait = |period| self.lookback() - Average::lookback(self.ma, period);
        MavpState {
            shortest: self.min_period as f64,
            longest: self.max_period.max(self.min_period) as f64,
            waiting: periods.clone().map(wait).collect(),
            averages: periods.map(|period| Average::new(self.ma, period)).collect(),
        }
    }
}

crate::state! {
    /// State of [`Mavp`].
    pub struct MavpState {
        shortest: f64,
        longest: f64,
        /// How many bars go by before each average begins.
        waiting: Box<[usize]>,
        averages: Box<[Average]>,
    }
}

impl Update for MavpState {
    type In = [f64; 2];
    type Out = [f64; 1];

    fn update(&mut self, [x, period]: [f64; 2]) -> Option<[f64; 1]> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between the two, so not negative
        let wanted = (num::max(num::min(period, self.longest), self.shortest) - self.shortest) as usize;
        let mut value = None;
        for (index, (average, waiting)) in self.averages.iter_mut().zip(&mut self.waiting).enumerate() {
            if *waiting > 0 {
                *waiting -= 1;
                continue;
            }
            let average = average.update(x);
            if index == wanted {
                value = average;
            }
        }
        // All averages have their first value in the same row.
        value.filter(|_| self.waiting.iter().all(|waiting| *waiting == 0)).map(|value| [value])
    }
}
