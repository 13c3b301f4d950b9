//! Gaussian Filter.

use crate::{Indicator, Update, num};

crate::indicator! {
    /// Up to four equal exponential averages in a row, their rate chosen so that a cycle of `period` bars is halved in
    /// power whatever the number of poles: smooth, without overshoot.
    ///
    /// # Formula
    ///
    /// `β = (1 - cos(2π / period)) / (2^(1 / poles) - 1)`, `α = √(β² + 2 · β) - β`; `poles` times `y = y' + α · (x -
    /// y')`, each stage over the one before
    ///
    /// # Warm-up
    ///
    /// None: the filter begins as if the first price had always stood there, and has forgotten it after about two
    /// periods.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Alternation between two prices is taken out.
    /// let mut out = [0.0; 400];
    /// let price: Vec<f64> = (0..400).map(|bar| f64::from(10 + bar % 2)).collect();
    /// Gaussian::new(20, 4)?.compute([&price], [&mut out])?;
    /// assert!((out[399] - 10.5).abs() < 0.01);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Gaussian and Other Low Lag Filters", 2001.
    pub struct Gaussian("gaussian", "Gaussian Filter", Overlap) {
        /// Cycle that is halved in power, in bars.
        period: usize = 20, 2..=100_000;
        /// Stages.
        poles: usize = 4, 1..=4;
    }
    inputs [Close]
    outputs overlay [gaussian: Line]
}

impl Indicator for Gaussian {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = GaussianState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> GaussianState {
        GaussianState { rate: rate(self.period, self.poles), poles: self.poles, stages: None }
    }
}

/// The share by which each stage moves to its input.
fn rate(period: usize, poles: usize) -> f64 {
    let half = num::sin(std::f64::consts::PI / period as f64);
    // 2 · sin² of half the angle is 1 - cos, without its loss of digits for long periods.
    let beta = 2.0 * half * half / (num::exp(std::f64::consts::LN_2 / poles as f64) - 1.0);
    num::sqrt(beta * beta + 2.0 * beta) - beta
}

crate::state! {
    /// State of [`Gaussian`].
    pub struct GaussianState {
        rate: f64,
        poles: usize,
        stages: Option<[f64; 4]>,
    }
}

impl Update for GaussianState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let stages = self.stages.get_or_insert([x; 4]);
        let value = stages.iter_mut().take(self.poles).fold(x, |x, stage| {
            *stage += (x - *stage) * self.rate;
            *stage
        });
        Some([value])
    }
}
