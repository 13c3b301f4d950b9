//! Donchian Channel.

use crate::kernels::{Highest, Lowest, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// The highest high and lowest low of the last `period` bars, and the middle between them.
    ///
    /// # Formula
    ///
    /// `upper = max(high)`, `lower = min(low)` over the window, `middle = (upper + lower) / 2`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// The current bar is in the window.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 2]; 3];
    /// Donchian::new(2)?.compute([&[4.0, 6.0], &[2.0, 3.0]], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[1], middle[1], lower[1]], [6.0, 4.0, 2.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Donchian; Faith, "Way of the Turtle", 2007. TA-Lib `DONCHIAN`.
    pub struct Donchian("donchian", "Donchian Channel", Overlap) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [High, Low]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
    talib DONCHIAN(period: timeperiod)
}

impl Indicator for Donchian {
    type In = [f64; 2];
    type Out = [f64; 3];
    type State = DonchianState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> DonchianState {
        DonchianState { upper: Window::new(self.period), lower: Window::new(self.period) }
    }
}

crate::state! {
    /// State of [`Donchian`].
    pub struct DonchianState {
        upper: Window<Highest>,
        lower: Window<Lowest>,
    }
}

impl Update for DonchianState {
    type In = [f64; 2];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 3]> {
        let (upper, lower) = (self.upper.push(high), self.lower.push(low));
        let (upper, lower) = (upper?.fold.0, lower?.fold.0);
        Some([upper, 0.5 * (upper + lower), lower])
    }
}
