//! Mean and spread of weighted values.

use crate::num;

crate::state! {
    /// The mean of values by weight, and how far they lie from it, over all that came.
    ///
    /// West, "Updating Mean and Variance Estimates: An Improved Method", 1979: exact where all values are equal, and
    /// never a negative variance.
    #[derive(Default)]
    pub(crate) struct WeightedMean {
        weight: f64,
        mean: f64,
        squares: f64,
    }
}

impl WeightedMean {
    /// Takes a value; the mean and the standard deviation. Until something has weight, the value itself and 0.
    #[inline]
    pub(crate) fn update(&mut self, value: f64, weight: f64) -> [f64; 2] {
        if weight > 0.0 {
            self.weight += weight;
            let distance = value - self.mean;
            self.mean += distance * (weight / self.weight);
            self.squares += weight * (distance * (value - self.mean));
        }
        if self.weight > 0.0 {
            // Rounding may leave the product of the two distances a hair below zero.
            [self.mean, num::sqrt(num::max(self.squares, 0.0) / self.weight)]
        } else {
            [value, 0.0]
        }
    }
}
