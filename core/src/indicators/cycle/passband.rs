//! Super Passband Filter.

use crate::kernels::{Smoothed, Total, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// The difference of two exponential averages, whose lags cancel for the cycles between them, and the root of its
    /// mean square as a measure of a large swing.
    ///
    /// # Formula
    ///
    /// `passband = e(fast) - e(slow)`, `e` being an exponential average of rate `5 / period` that begins with the first
    /// price; `upper, lower = ±√(mean of passband² over window bars)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `window - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut line, mut upper, mut lower] = [[0.0; 2]; 3];
    /// Passband::new(5, 10, 1)?.compute([&[1.0, 3.0]], [&mut line, &mut upper, &mut lower])?;
    /// assert_eq!([line[1], upper[1], lower[1]], [1.0, 1.0, -1.0]); // 3 less 2
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "The Super Passband Filter", Technical Analysis of Stocks & Commodities 34:7, 2016.
    pub struct Passband("passband", "Super Passband Filter", Cycle) {
        /// Length of the faster average in bars.
        fast: usize = 40, 5..=100_000;
        /// Length of the slower average in bars.
        slow: usize = 60, 5..=100_000;
        /// Window of the mean square in bars.
        window: usize = 50, 1..=100_000;
    }
    inputs [Close]
    outputs pane [passband: Line, upper: Upper, lower: Lower]
}

impl Indicator for Passband {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = PassbandState;

    fn lookback(&self) -> usize {
        self.window - 1
    }

    fn state(&self) -> PassbandState {
        PassbandState {
            window: self.window,
            fast: Smoothed::with_rate(1, 5.0 / self.fast as f64),
            slow: Smoothed::with_rate(1, 5.0 / self.slow as f64),
            squares: Window::new(self.window),
        }
    }
}

crate::state! {
    /// State of [`Passband`].
    pub struct PassbandState {
        window: usize,
        fast: Smoothed,
        slow: Smoothed,
        squares: Window<Total>,
    }
}

impl Update for PassbandState {
    type In = [f64; 1];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let value = self.fast.update(x)? - self.slow.update(x)?;
        let squares = self.squares.push(value * value)?.fold.0;
        let root = num::sqrt(squares / self.window as f64);
        Some([value, root, -root])
    }
}
