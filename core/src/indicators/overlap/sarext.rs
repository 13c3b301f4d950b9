//! Parabolic SAR, Extended.

use crate::kernels::{Pace, Parabolic};
use crate::{Indicator, Update};

crate::indicator! {
    /// `sar` with a choice of start and of separate rates for both directions; negative while short.
    ///
    /// # Formula
    ///
    /// As `sar`. `start` above 0 begins long at that stop, below 0 short, 0 decides as `sar` does; `offset` moves the
    /// stop away by that share when it changes sides
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 1.
    ///
    /// # Edge cases
    ///
    /// A first or step rate above the maximum of its direction is taken as the maximum.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Sarext::default().compute([&[4.0, 3.0, 2.0], &[3.0, 2.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[1], -4.0); // short, the stop at 4
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 2. TA-Lib `SAREXT`.
    pub struct Sarext("sarext", "Parabolic SAR, Extended", Overlap) {
        /// First stop and direction, 0 to decide by the data.
        start: f64 = 0.0, -3e37..=3e37;
        /// Share by which the stop moves away on a change of sides.
        offset: f64 = 0.0, 0.0..=3e37;
        /// First rate while long.
        long_initial: f64 = 0.02, 0.0..=3e37;
        /// Step of the rate while long.
        long_step: f64 = 0.02, 0.0..=3e37;
        /// Largest rate while long.
        long_maximum: f64 = 0.2, 0.0..=3e37;
        /// First rate while short.
        short_initial: f64 = 0.02, 0.0..=3e37;
        /// Step of the rate while short.
        short_step: f64 = 0.02, 0.0..=3e37;
        /// Largest rate while short.
        short_maximum: f64 = 0.2, 0.0..=3e37;
    }
    inputs [High, Low]
    outputs overlay [sarext: Line]
    talib SAREXT(start: startvalue, offset: offsetonreverse, long_initial: accelerationinitlong, long_step: accelerationlong, long_maximum: accelerationmaxlong, short_initial: accelerationinitshort, short_step: accelerationshort, short_maximum: accelerationmaxshort)
}

impl Indicator for Sarext {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = SarextState;

    fn lookback(&self) -> usize {
        1
    }

    fn state(&self) -> SarextState {
        let long = Pace::new(self.long_initial, self.long_step, self.long_maximum);
        let short = Pace::new(self.short_initial, self.short_step, self.short_maximum);
        SarextState { stop: Parabolic::new(long, short, self.offset).starting(self.start) }
    }
}

crate::state! {
    /// State of [`Sarext`].
    pub struct SarextState {
        stop: Parabolic,
    }
}

impl Update for SarextState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 2]) -> Option<[f64; 1]> {
        self.stop.update(bar).map(|(stop, long)| [if long { stop } else { -stop }])
    }
}
