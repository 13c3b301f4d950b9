//! Holt-Winters Channel.

use crate::kernels::HoltWinters;
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The average `hwma` with a band of smoothed deviations of the price from it on either side.
    ///
    /// # Formula
    ///
    /// `middle = hwma`; `v[i] = (1 - width) · v[i-1] + width · (x[i-1] - middle[i-1])²` from 0; `upper, lower =
    /// middle ± multiplier · √v[i-1]`
    ///
    /// # Warm-up
    ///
    /// None: the first values are the first price.
    ///
    /// # Edge cases
    ///
    /// On a flat series the three bands are exactly equal. Where `level` is small beside the next two rates the
    /// recursion swings ever wider.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 3]; 3];
    /// Hwc::new(0.2, 0.1, 0.1, 0.1, 1.0)?.compute([&[7.0; 3]], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[2], middle[2], lower[2]], [7.0; 3]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// As `hwma`; the channel in this form on MetaTrader and in pandas-ta `hwc`.
    pub struct Hwc("hwc", "Holt-Winters Channel", Overlap) {
        /// Rate of the level.
        level: f64 = 0.2, 0.0..=1.0;
        /// Rate of the velocity.
        velocity: f64 = 0.1, 0.0..=1.0;
        /// Rate of the acceleration.
        acceleration: f64 = 0.1, 0.0..=1.0;
        /// Rate of the deviation.
        width: f64 = 0.1, 0.0..=1.0;
        /// Deviations from the middle to a band.
        multiplier: f64 = 1.0, 0.0..=3e37;
    }
    inputs [Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
    undefined "where rates that do not settle have let it grow beyond all numbers"
}

impl Indicator for Hwc {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = HwcState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> HwcState {
        HwcState {
            width: self.width,
            multiplier: self.multiplier,
            filter: HoltWinters::new([self.level, self.velocity, self.acceleration]),
            variance: 0.0,
            missed: 0.0,
        }
    }
}

crate::state! {
    /// State of [`Hwc`].
    pub struct HwcState {
        width: f64,
        multiplier: f64,
        filter: HoltWinters,
        variance: f64,
        /// How far the price was from the average.
        missed: f64,
    }
}

impl Update for HwcState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let middle = self.filter.update(x);
        let width = num::sqrt(self.variance) * self.multiplier;
        self.variance = (1.0 - self.width) * self.variance + self.width * self.missed * self.missed;
        self.missed = x - middle;
        Some([middle + width, middle, middle - width])
    }
}
