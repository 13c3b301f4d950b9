//! Parabolic SAR.

use crate::kernels::{Pace, Parabolic, parts, warm_up};
use crate::{Indicator, Update};

crate::indicator! {
    /// A stop that trails the price faster and faster as the trend makes new extremes, and changes sides when it is
    /// touched.
    ///
    /// # Formula
    ///
    /// `sar[i+1] = sar[i] + rate · (extreme - sar[i])`, never inside the range of the last two bars; `rate` starts at
    /// `acceleration`, grows by it with every new extreme up to `maximum`, and starts again when the stop is touched
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 1. The first direction is down when the second bar's downward movement is the
    /// larger, else up; the first bar's extreme is the first stop.
    ///
    /// # Edge cases
    ///
    /// An acceleration above the maximum is taken as the maximum.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Sar::default().compute([&[2.0, 3.0, 4.0], &[1.0, 2.0, 3.0]], [&mut out])?;
    /// assert_eq!(out[1], 1.0);
    /// assert!((out[2] - 1.04).abs() < 1e-15);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 2. TA-Lib `SAR`.
    pub struct Sar("sar", "Parabolic SAR", Overlap) {
        /// Step of the rate.
        acceleration: f64 = 0.02, 0.0..=3e37;
        /// Largest rate.
        maximum: f64 = 0.2, 0.0..=3e37;
    }
    inputs [High, Low]
    outputs overlay [sar: Line]
    talib SAR(acceleration: acceleration, maximum: maximum)
}

impl Indicator for Sar {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = SarState;

    fn lookback(&self) -> usize {
        1
    }

    fn state(&self) -> SarState {
        let pace = Pace::new(self.acceleration, self.acceleration, self.maximum);
        SarState { stop: Parabolic::new(pace.clone(), pace, 0.0) }
    }
}

crate::state! {
    /// State of [`Sar`].
    pub struct SarState {
        stop: Parabolic,
    }
}

impl Update for SarState {
    type In = [f64; 2];
    type Out = [f64; 1];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, bar: [f64; 2]) -> Option<[f64; 1]> {
        self.stop.update(bar).map(|(stop, _)| [stop])
    }

    fn run(&mut self, inputs: [&[f64]; 2], mut outputs: [&mut [f64]; 1]) {
        let start = warm_up(self, &inputs, &mut outputs);
        let [out] = outputs;
        self.stop.run(parts(inputs, start..out.len()), &mut out[start..]);
    }
}
