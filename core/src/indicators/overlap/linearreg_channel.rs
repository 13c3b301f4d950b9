//! Linear Regression Channel.

use crate::kernels::{Regressed, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The end of the least-squares line through the last `period` values, with the standard deviation of the prices
    /// from that line on either side.
    ///
    /// # Formula
    ///
    /// `middle = linearreg(x, period)`, `s = √(Σ (x - line)² / period)` over the window, `upper, lower = middle ±
    /// multiplier · s`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value. The channel of earlier bars is not redrawn: each bar has the end of its
    /// own line.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 3]; 3];
    /// LinearregChannel::new(3, 1.0)?.compute([&[0.0, 3.0, 0.0]], [&mut upper, &mut middle, &mut lower])?;
    /// assert!((middle[2] - 1.0).abs() < 1e-12); // the line is level; distances 1, 2, 1
    /// assert!((upper[2] - (1.0 + 2.0_f64.sqrt())).abs() < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Raff, "Trading the Regression Channel", 1996, in the form with standard deviations of TradingView's Linear
    /// Regression Channel.
    pub struct LinearregChannel("linearreg_channel", "Linear Regression Channel", Overlap) {
        /// Window in bars.
        period: usize = 100, 2..=100_000;
        /// Standard deviations from the line to a band.
        multiplier: f64 = 2.0, 0.0..=3e37;
    }
    inputs [Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
}

impl Indicator for LinearregChannel {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = LinearregChannelState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> LinearregChannelState {
        LinearregChannelState {
            period: self.period,
            multiplier: self.multiplier,
            window: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`LinearregChannel`].
    pub struct LinearregChannelState {
        period: usize,
        multiplier: f64,
        window: Window<Regressed>,
    }
}

impl Update for LinearregChannelState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let (middle, squares) = self.window.push(x)?.fit(self.period);
        let width = num::sqrt(squares / self.period as f64) * self.multiplier;
        Some([middle + width, middle, middle - width])
    }
}
