//! Acceleration Bands.

use crate::kernels::Simple;
use crate::{Indicator, Update};

crate::indicator! {
    /// Bands that widen with the size of the bars: a breakout that holds beyond them shows acceleration.
    ///
    /// # Formula
    ///
    /// `width = 4 · (high - low) / (high + low)`, `upper = mean(high · (1 + width))`, `middle = mean(close)`, `lower =
    /// mean(low · (1 - width))` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Where `high + low` is 0, `width` is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 2]; 3];
    /// Accbands::new(2)?.compute([&[4.0; 2]; 3], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[1], middle[1], lower[1]], [4.0; 3]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Headley, "Big Trends in Trading", 2002. TA-Lib `ACCBANDS`.
    pub struct Accbands("accbands", "Acceleration Bands", Overlap) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
    talib ACCBANDS(period: timeperiod)
}

impl Indicator for Accbands {
    type In = [f64; 3];
    type Out = [f64; 3];
    type State = AccbandsState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> AccbandsState {
        AccbandsState {
            upper: Simple::new(self.period),
            middle: Simple::new(self.period),
            lower: Simple::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Accbands`].
    pub struct AccbandsState {
        upper: Simple,
        middle: Simple,
        lower: Simple,
    }
}

impl Update for AccbandsState {
    type In = [f64; 3];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 3]> {
        let (sum, scale) = (high + low, high.abs() + low.abs());
        let width = if sum.abs() <= 1e-14 * scale { 0.0 } else { 4.0 * (high - low) / sum };
        let upper = self.upper.update(high * (1.0 + width));
        let middle = self.middle.update(close);
        let lower = self.lower.update(low * (1.0 - width));
        Some([upper?, middle?, lower?])
    }
}
