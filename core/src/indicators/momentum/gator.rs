//! Gator Oscillator.

use crate::kernels::{Delay, Smoothed};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far the jaws of the alligator are apart: above zero jaw to teeth, below zero teeth to lips. Both small is a
    /// market asleep, both growing one that eats.
    ///
    /// # Formula
    ///
    /// `upper = |jaw - teeth|`, `lower = -|teeth - lips|`, the lines as in `alligator`, each shifted to the right: at
    /// row `i` the jaw is that of row `i - jaw_offset`
    ///
    /// # Warm-up
    ///
    /// The first values stand where the latest shifted line begins: row 20 by default.
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
    /// let [mut upper, mut lower] = [[0.0; 2]; 2];
    /// let (high, low) = ([3.0, 5.0], [1.0, 3.0]);
    /// Gator::new(2, 0, 1, 0, 1, 1)?.compute([&high, &low], [&mut upper, &mut lower])?;
    /// assert_eq!((upper[1], lower[1]), (1.0, -2.0)); // jaw 3, teeth 4, lips 2
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "Trading Chaos", 1995, ch. 11. As TradingView and Stock.Indicators.
    pub struct Gator("gator", "Gator Oscillator", Momentum) {
        /// Length of the slow average in bars.
        jaw: usize = 13, 1..=100_000;
        /// Bars by which the slow average is shifted to the right.
        jaw_offset: usize = 8, 0..=10_000;
        /// Length of the middle average in bars.
        teeth: usize = 8, 1..=100_000;
        /// Bars by which the middle average is shifted to the right.
        teeth_offset: usize = 5, 0..=10_000;
        /// Length of the fast average in bars.
        lips: usize = 5, 1..=100_000;
        /// Bars by which the fast average is shifted to the right.
        lips_offset: usize = 3, 0..=10_000;
    }
    inputs [High, Low]
    outputs pane [upper: Histogram, lower: Histogram]
}

impl Indicator for Gator {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = GatorState;

    fn lookback(&self) -> usize {
        let jaw = self.jaw + self.jaw_offset;
        let teeth = self.teeth + self.teeth_offset;
        jaw.max(teeth).max(self.lips + self.lips_offset) - 1
    }

    fn state(&self) -> GatorState {
        GatorState {
            lines: [self.jaw, self.teeth, self.lips].map(Smoothed::wilder),
            shifts: [self.jaw_offset, self.teeth_offset, self.lips_offset].map(Delay::new),
        }
    }
}

crate::state! {
    /// State of [`Gator`].
    pub struct GatorState {
        lines: [Smoothed; 3],
        shifts: [Delay; 3],
    }
}

impl Update for GatorState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let median = 0.5 * (high + low);
        let mut shifted = [None; 3];
        for ((line, shift), to) in self.lines.iter_mut().zip(&mut self.shifts).zip(&mut shifted) {
            *to = line.update(median).and_then(|value| shift.push(value));
        }
        let [jaw, teeth, lips] = shifted;
        let teeth = teeth?;
        Some([(jaw? - teeth).abs(), -(teeth - lips?).abs()])
    }
}
