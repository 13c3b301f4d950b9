//! Butterworth Filter.

use crate::kernels::LowPass;
use crate::{Indicator, Update};

crate::indicator! {
    /// The flattest low-pass filter there is, of two or three poles, over a binomial mean of the last bars: passes what
    /// is slower than `period`.
    ///
    /// # Formula
    ///
    /// Two poles: `a = exp(-√2 · π / period)`, `b = 2 · a · cos(√2 · π / period)`, `y[i] = (1 - b + a²) / 4 · (x[i] +
    /// 2 · x[i-1] + x[i-2]) + b · y[i-1] - a² · y[i-2]`
    ///
    /// Three poles: `a = exp(-π / period)`, `b = 2 · a · cos(√3 · π / period)`, `c = a²`, `y[i] = (1 - b + c) · (1 -
    /// c) / 8 · (x[i] + 3 · x[i-1] + 3 · x[i-2] + x[i-3]) + (b + c) · y[i-1] - (c + b · c) · y[i-2] + c² · y[i-3]`
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
    /// Butterworth::new(15, 2)?.compute([&price], [&mut out])?;
    /// assert!((out[399] - 10.5).abs() < 0.01);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Poles, Zeros, and Higher Order Filters", 2001.
    pub struct Butterworth("butterworth", "Butterworth Filter", Overlap) {
        /// Shortest cycle that passes, in bars.
        period: usize = 15, 2..=100_000;
        /// Poles.
        poles: usize = 2, 2..=3;
    }
    inputs [Close]
    outputs overlay [butterworth: Line]
}

impl Indicator for Butterworth {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = ButterworthState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> ButterworthState {
        ButterworthState {
            poles: self.poles,
            past: None,
            filter: {
                let period = self.period as f64;
                if self.poles == 2 { LowPass::two_poles(period) } else { LowPass::three_poles(period) }
            },
        }
    }
}

crate::state! {
    /// State of [`Butterworth`].
    pub struct ButterworthState {
        poles: usize,
        past: Option<[f64; 3]>,
        filter: LowPass,
    }
}

impl Update for ButterworthState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [one, two, three] = self.past.unwrap_or([x; 3]);
        self.past = Some([x, one, two]);
        let mean = if self.poles == 2 {
            x + (2.0 * (one - x) + (two - x)) / 4.0
        } else {
            x + (3.0 * (one - x) + 3.0 * (two - x) + (three - x)) / 8.0
        };
        Some([self.filter.update(mean)])
    }
}
